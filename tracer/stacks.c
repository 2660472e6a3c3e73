/* SPDX-License-Identifier: MIT */
/* Between the two threads there are flags: of what place in which program is the map
 * there? */
#include "stacks.h"

#include "alloc.h"
#include "registers.h"
#include "stack.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/user.h>

/* Places that share a flag: at worst maps are sent once too often. */
#define FLAGS 4096

/*
 * A dynamic program has more maps when its loader is done, and still more after
 * dlopen(3). Calls come from few places (libc's code, or Go's), so a new one is the sign
 * of that.
 */
#define PLACE_SHIFT 21

struct ct_stacks {
	struct ct_stack *stack;
	atomic_uint sent[FLAGS]; /* the program whose maps were sent last, plus 1 */
};

static atomic_uint *flag_of(struct ct_stacks *stacks, uint32_t image, uint64_t ip)
{
	return &stacks->sent[(image * UINT64_C(31) + (ip >> PLACE_SHIFT)) % FLAGS];
}

struct ct_stacks *ct_stacks_new(void)
{
	struct ct_stacks *stacks = ct_alloc(sizeof(*stacks));

	stacks->stack = ct_stack_new();
	return stacks;
}

void ct_stacks_free(struct ct_stacks *stacks)
{
	if (!stacks)
		return;
	ct_stack_free(stacks->stack);
	free(stacks);
}

bool ct_stacks_wants_maps(struct ct_stacks *stacks, uint32_t image, uint64_t ip)
{
	return atomic_exchange(flag_of(stacks, image, ip), image + 1) != image + 1;
}

void ct_stacks_unwind(struct ct_stacks *stacks, const struct ct_record *rec,
		      struct ct_event *event, struct ct_arena *arena)
{
	const struct ct_blob *regs = ct_record_find(rec, CT_BLOB_REGS, CT_BLOB_TASK);
	const struct ct_blob *bytes = ct_record_find(rec, CT_BLOB_STACK, CT_BLOB_TASK);
	const struct ct_blob *maps = ct_record_find(rec, CT_BLOB_MAPS, CT_BLOB_TASK);
	struct ct_snapshot snapshot;

	if (maps)
		ct_stack_add_maps(stacks->stack, rec->image, rec->task.tid,
				  ct_blob_bytes(maps), maps->len);
	if (!regs || !bytes || regs->len != sizeof(struct user_regs_struct))
		return;
	snapshot = (struct ct_snapshot){ ct_blob_bytes(regs), ct_blob_bytes(bytes),
					 bytes->len };
	event->n_stack = ct_stack_unwind(stacks->stack, rec->image, &snapshot,
					 &event->stack, arena);
	if (ct_stack_wants_maps(stacks->stack, rec->image))
		atomic_store(flag_of(stacks, rec->image, ct_regs_ip(snapshot.regs)), 0);
}
