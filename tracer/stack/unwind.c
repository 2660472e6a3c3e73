/* SPDX-License-Identifier: MIT */
/* The walk: Go code by its own tables, other code by its CFI, the rest by frame pointers.
 */
#include "unwind.h"

#include "accessors.h"
#include "registers.h"

#include <stdlib.h>

/* What a way to the caller says. */
enum step {
	STEP_DONE,  /* the walk is at the caller */
	STEP_END,   /* this frame is the outermost one */
	STEP_CANNOT /* another way has to be tried */
};

static uint64_t *reg(struct ct_walk *walk, int nr)
{
	return &walk->regs[nr];
}

static bool is_code(const struct ct_walk *walk, uint64_t addr)
{
	return ct_image_code(walk->image, addr) != NULL;
}

/*
 * The first function of a thread or goroutine, or one that has changed stacks: what is
 * above its frame on this stack is left-over bytes.
 */
static bool is_outermost_go(const char *name)
{
	static const char *const names[] = {
		"runtime.goexit",     "runtime.mstart",    "runtime.rt0_go",
		"runtime.mcall",      "runtime.morestack", "runtime.systemstack",
		"runtime.asmcgocall",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

/* The instruction whose place counts: that of the call, not the one after it. */
static uint64_t place_ip(const struct ct_walk *walk)
{
	return walk->regs[CT_WALK_IP] - (walk->returns ? 1 : 0);
}

/*
 * A Go function with a frame of that size. Where a call pushes its return address, that
 * is above the frame, and the frame pointer right below it; where it does not, both are
 * at the frame's low end, or the address still in its register.
 */
static enum step leave_go_frame(struct ct_walk *walk, int64_t frame)
{
	bool pushes = CT_WALK_LINK < 0;
	uint64_t sp = *reg(walk, CT_WALK_SP), caller, fp;
	uint64_t at = pushes ? sp + (uint64_t)frame : sp;

	if (frame < 0)
		return STEP_CANNOT;
	if (!pushes && !frame && !walk->returns)
		caller = *reg(walk, CT_WALK_LINK);
	else if (!ct_walk_stack_word(walk, at, &caller))
		return STEP_CANNOT;
	if (!is_code(walk, caller))
		return STEP_END;
	if (frame >= 8 && ct_walk_stack_word(walk, at - 8, &fp))
		*reg(walk, CT_WALK_FP) = fp;
	*reg(walk, CT_WALK_IP) = caller;
	*reg(walk, CT_WALK_SP) = sp + (uint64_t)frame + (pushes ? 8 : 0);
	walk->has_cursor = false;
	return STEP_DONE;
}

/*
 * Frame pointers miss the caller of a leaf without a frame (every system call of Go is
 * made in one); the table of frame sizes does not.
 */
static enum step step_go(struct ct_walk *walk)
{
	uint64_t ip = place_ip(walk);
	const struct ct_code *code = ct_image_code(walk->image, ip);
	const struct ct_place *place;

	if (!code || !code->object)
		return STEP_CANNOT;
	place = ct_object_place(code->object, ip - code->bias);
	if (!place->is_go)
		return STEP_CANNOT;
	if (is_outermost_go(place->symbol))
		return STEP_END;
	return leave_go_frame(walk, place->frame);
}

static enum step step_cfi(struct ct_walk *walk)
{
	/* where the caller goes on is, for libunwind, where the link register was saved
	 */
	static const struct {
		int ours, its;
	} followed[] = { { CT_WALK_IP, UNW_REG_IP },
			 { CT_WALK_SP, UNW_REG_SP },
			 { CT_WALK_FP, CT_WALK_FP } };
	int ret;

	if (!walk->image->space)
		return STEP_CANNOT;
	if (!walk->has_cursor && unw_init_remote(&walk->cursor, walk->image->space, walk))
		return STEP_CANNOT;
	walk->has_cursor = true;
	walk->no_cfi = false;
	ret = unw_step(&walk->cursor);
	/* without CFI, libunwind guesses; our own guess below is checked better */
	if (ret < 0 || walk->no_cfi) {
		walk->has_cursor = false;
		return STEP_CANNOT;
	}
	for (size_t i = 0; ret && i < sizeof(followed) / sizeof(*followed); i++) {
		unw_word_t value;

		if (unw_get_reg(&walk->cursor, followed[i].its, &value))
			return STEP_END;
		*reg(walk, followed[i].ours) = value;
	}
	return ret ? STEP_DONE : STEP_END;
}

/*
 * Code without any table may still keep frame pointers. A register that is used for
 * something else seldom points into the stack, above the stack pointer, at an address of
 * code.
 */
static enum step step_frame_pointer(struct ct_walk *walk)
{
	uint64_t bp = *reg(walk, CT_WALK_FP), caller, next;

	if (bp < *reg(walk, CT_WALK_SP) || !ct_walk_stack_word(walk, bp, &next) ||
	    !ct_walk_stack_word(walk, bp + 8, &caller) || !is_code(walk, caller))
		return STEP_END;
	*reg(walk, CT_WALK_IP) = caller;
	*reg(walk, CT_WALK_SP) = bp + 16;
	*reg(walk, CT_WALK_FP) = next;
	walk->has_cursor = false;
	return STEP_DONE;
}

static enum step step(struct ct_walk *walk)
{
	static enum step (*const ways[])(struct ct_walk *) = { step_go, step_cfi,
							       step_frame_pointer };
	enum step result = STEP_CANNOT;

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways) && result == STEP_CANNOT; i++)
		result = ways[i](walk);
	return result;
}

size_t ct_unwind(struct ct_image *image, const struct ct_snapshot *snapshot,
		 struct ct_step *steps)
{
	struct ct_walk walk;
	size_t n = 0;

	ct_walk_init(&walk, image, snapshot);
	steps[n++] = (struct ct_step){ walk.regs[CT_WALK_IP], false };
	if (!is_code(&walk, walk.regs[CT_WALK_IP]))
		image->stale = true;
	/* there are no tables for 32-bit code: only the instruction is told */
	if (ct_regs_compat(snapshot->regs))
		return n;
	while (n < CT_UNWIND_FRAMES && step(&walk) == STEP_DONE) {
		uint64_t ip = walk.regs[CT_WALK_IP];

		if (!ip)
			break;
		walk.returns = true;
		steps[n++] = (struct ct_step){ ip, true };
		if (!is_code(&walk, ip)) {
			image->stale = true;
			break;
		}
	}
	return n;
}
