/* SPDX-License-Identifier: MIT */
/* libunwind's accessors, on copies. */
#include "accessors.h"

#include "registers.h"

/* Exported by libunwind for this use, but declared in no header of it. */
int UNW_OBJ(dwarf_search_unwind_table)(unw_addr_space_t space, unw_word_t ip,
				       unw_dyn_info_t *info, unw_proc_info_t *proc,
				       int need_unwind_info, void *arg);

/*
 * CFI expressions can jump backwards, and libunwind follows. A stack of 128 frames needs
 * about 20,000 words when nothing is cached.
 */
#define MAX_READS 200000

bool ct_walk_stack_word(const struct ct_walk *walk, uint64_t addr, uint64_t *word)
{
	const struct ct_snapshot *snapshot = walk->snapshot;
	struct ct_bytes stack = { snapshot->stack, snapshot->len };
	uint64_t sp = ct_regs_sp(snapshot->regs);

	return addr >= sp && ct_bytes_uint(stack, addr - sp, sizeof(*word), word);
}

/*
 * The index is made by us, so it is nowhere in the task. libunwind gets an address for it
 * that no task can have.
 */
#define INDEX_ADDR (1ULL << 63)

/* libunwind reads bytes by whole words: the first and the last may be half outside. */
static bool word_of(struct ct_bytes bytes, uint64_t at, uint64_t *word)
{
	uint64_t before = -at < sizeof(*word) ? -at : 0;
	struct ct_bytes rest = ct_bytes_from(bytes, at + before);
	size_t size = sizeof(*word) - before;

	if (!rest.data)
		return false;
	ct_bytes_uint(rest, 0, rest.len < size ? rest.len : size, word);
	*word <<= before * 8;
	return true;
}

static bool cfi_word(const struct ct_walk *walk, uint64_t addr, uint64_t *word)
{
	const struct ct_cfi *cfi = walk->cfi;
	struct ct_bytes index;

	if (!cfi)
		return false;
	index = (struct ct_bytes){ (const uint8_t *)cfi->entries,
				   cfi->n_entries * sizeof(*cfi->entries) };
	if (word_of(index, addr - INDEX_ADDR, word) ||
	    word_of(cfi->bytes, addr - walk->cfi_bias - cfi->addr, word))
		return true;
	/* libunwind looks up the C++ personality routine, and then does not use it */
	addr -= walk->cfi_bias;
	*word = 0;
	return addr >= cfi->low && addr < cfi->high;
}

static int access_mem(unw_addr_space_t space, unw_word_t addr, unw_word_t *value,
		      int write, void *arg)
{
	struct ct_walk *walk = arg;

	(void)space;
	if (write || ++walk->reads > MAX_READS)
		return -UNW_EINVAL;
	if (ct_walk_stack_word(walk, addr, value) || cfi_word(walk, addr, value))
		return 0;
	return -UNW_EINVAL;
}

static int access_reg(unw_addr_space_t space, unw_regnum_t nr, unw_word_t *value,
		      int write, void *arg)
{
	const struct ct_walk *walk = arg;

	(void)space;
	if (write || nr < 0 || nr >= CT_WALK_REGS)
		return -UNW_EBADREG;
	*value = walk->regs[nr];
	return 0;
}

static int find_proc_info(unw_addr_space_t space, unw_word_t ip, unw_proc_info_t *proc,
			  int need_unwind_info, void *arg)
{
	struct ct_walk *walk = arg;
	const struct ct_code *code = ct_image_code(walk->image, ip);
	unw_dyn_info_t info = { .format = UNW_INFO_FORMAT_REMOTE_TABLE };
	int ret;

	walk->no_cfi = true;
	if (!code || !code->object)
		return -UNW_ENOINFO;
	walk->cfi = ct_object_cfi(code->object);
	walk->cfi_bias = code->bias;
	info.start_ip = code->start;
	info.end_ip = code->end;
	info.u.rti.segbase = walk->cfi->addr + code->bias;
	info.u.rti.table_data = INDEX_ADDR;
	info.u.rti.table_len =
		walk->cfi->n_entries * sizeof(struct ct_cfi_entry) / sizeof(unw_word_t);
	ret = UNW_OBJ(dwarf_search_unwind_table)(space, ip, &info, proc, need_unwind_info,
						 arg);
	walk->no_cfi = ret < 0;
	return ret;
}

static void put_unwind_info(unw_addr_space_t space, unw_proc_info_t *proc, void *arg)
{
	(void)space;
	(void)proc;
	(void)arg;
}

static int no_dyn_info(unw_addr_space_t space, unw_word_t *list, void *arg)
{
	(void)space;
	(void)arg;
	*list = 0;
	return -UNW_ENOINFO;
}

static int no_fpreg(unw_addr_space_t space, unw_regnum_t nr, unw_fpreg_t *value,
		    int write, void *arg)
{
	(void)space;
	(void)nr;
	(void)write;
	(void)arg;
	*value = 0;
	return -UNW_EBADREG;
}

static int no_resume(unw_addr_space_t space, unw_cursor_t *cursor, void *arg)
{
	(void)space;
	(void)cursor;
	(void)arg;
	return -UNW_EINVAL;
}

static int no_proc_name(unw_addr_space_t space, unw_word_t addr, char *name, size_t size,
			unw_word_t *offset, void *arg)
{
	(void)space;
	(void)addr;
	(void)arg;
	*offset = 0;
	if (size)
		*name = '\0';
	return -UNW_ENOINFO;
}

static unw_addr_space_t new_space(void)
{
	unw_accessors_t accessors = {
		.find_proc_info = find_proc_info,
		.put_unwind_info = put_unwind_info,
		.get_dyn_info_list_addr = no_dyn_info,
		.access_mem = access_mem,
		.access_reg = access_reg,
		.access_fpreg = no_fpreg,
		.resume = no_resume,
		.get_proc_name = no_proc_name,
	};
	unw_addr_space_t space = unw_create_addr_space(&accessors, 0);

	if (space)
		unw_set_caching_policy(space, UNW_CACHE_GLOBAL);
	return space;
}

void ct_walk_init(struct ct_walk *walk, struct ct_image *image,
		  const struct ct_snapshot *snapshot)
{
	memset(walk, 0, sizeof(*walk));
	walk->image = image;
	walk->snapshot = snapshot;
	ct_regs_unwind(snapshot->regs, walk->regs);
	if (!image->space)
		image->space = new_space();
}
