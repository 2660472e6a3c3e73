/* SPDX-License-Identifier: MIT */
/* libunwind's accessors, on copies. */
#include "accessors.h"

#include <stddef.h>

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

	return addr >= snapshot->regs->rsp &&
	       ct_bytes_uint(stack, addr - snapshot->regs->rsp, sizeof(*word), word);
}

/* libunwind reads bytes by whole words, so the last one may reach over the end. */
static bool cfi_word(const struct ct_walk *walk, uint64_t addr, uint64_t *word)
{
	const struct ct_cfi *cfi;
	struct ct_bytes rest;
	uint64_t at, before;

	if (!walk->cfi)
		return false;
	cfi = ct_object_cfi(walk->cfi->object);
	at = addr - walk->cfi->bias - cfi->addr;
	before = at > UINT64_MAX - sizeof(*word) ? -at
						 : 0; /* and begin before the start */
	rest = ct_bytes_from(cfi->bytes, at + before);
	if (!rest.data)
		return false;
	*word = 0;
	ct_bytes_uint(rest, 0, rest.len < 8 - before ? rest.len : 8 - before, word);
	*word <<= before * 8;
	return true;
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
	const struct ct_cfi *cfi;
	int ret;

	walk->no_cfi = true;
	if (!code || !code->object || !ct_object_cfi(code->object)->n_entries)
		return -UNW_ENOINFO;
	cfi = ct_object_cfi(code->object);
	walk->cfi = code;
	info.start_ip = code->start;
	info.end_ip = code->end;
	info.u.rti.segbase = cfi->header + code->bias;
	info.u.rti.table_data = cfi->table + code->bias;
	info.u.rti.table_len = cfi->n_entries * 8 / sizeof(unw_word_t);
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
	(void)list;
	(void)arg;
	return -UNW_ENOINFO;
}

static int no_fpreg(unw_addr_space_t space, unw_regnum_t nr, unw_fpreg_t *value,
		    int write, void *arg)
{
	(void)space;
	(void)nr;
	(void)value;
	(void)write;
	(void)arg;
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
	(void)name;
	(void)size;
	(void)offset;
	(void)arg;
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

/* libunwind numbers the registers as DWARF does. */
static const size_t reg_offsets[CT_WALK_REGS] = {
	[UNW_X86_64_RAX] = offsetof(struct user_regs_struct, rax),
	[UNW_X86_64_RDX] = offsetof(struct user_regs_struct, rdx),
	[UNW_X86_64_RCX] = offsetof(struct user_regs_struct, rcx),
	[UNW_X86_64_RBX] = offsetof(struct user_regs_struct, rbx),
	[UNW_X86_64_RSI] = offsetof(struct user_regs_struct, rsi),
	[UNW_X86_64_RDI] = offsetof(struct user_regs_struct, rdi),
	[UNW_X86_64_RBP] = offsetof(struct user_regs_struct, rbp),
	[UNW_X86_64_RSP] = offsetof(struct user_regs_struct, rsp),
	[UNW_X86_64_R8] = offsetof(struct user_regs_struct, r8),
	[UNW_X86_64_R9] = offsetof(struct user_regs_struct, r9),
	[UNW_X86_64_R10] = offsetof(struct user_regs_struct, r10),
	[UNW_X86_64_R11] = offsetof(struct user_regs_struct, r11),
	[UNW_X86_64_R12] = offsetof(struct user_regs_struct, r12),
	[UNW_X86_64_R13] = offsetof(struct user_regs_struct, r13),
	[UNW_X86_64_R14] = offsetof(struct user_regs_struct, r14),
	[UNW_X86_64_R15] = offsetof(struct user_regs_struct, r15),
	[UNW_X86_64_RIP] = offsetof(struct user_regs_struct, rip),
};

void ct_walk_init(struct ct_walk *walk, struct ct_image *image,
		  const struct ct_snapshot *snapshot)
{
	memset(walk, 0, sizeof(*walk));
	walk->image = image;
	walk->snapshot = snapshot;
	for (int i = 0; i < CT_WALK_REGS; i++)
		memcpy(&walk->regs[i], (const char *)snapshot->regs + reg_offsets[i],
		       sizeof(walk->regs[i]));
	if (!image->space)
		image->space = new_space();
}
