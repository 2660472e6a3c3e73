/* SPDX-License-Identifier: MIT */
/* The walk: Go code by its own tables, other code by its CFI, the rest by frame pointers.
 */
#include "unwind.h"

#include "accessors.h"

#include <stdlib.h>

/* A 32-bit task: we have no tables for it, so only the instruction is told. */
#define CS_32BIT 0x23

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
	return walk->regs[UNW_X86_64_RIP] - (walk->returns ? 1 : 0);
}

/*
 * Frame pointers miss the caller of a leaf without a frame (every system call of Go is
 * made in one); the table of frame sizes does not.
 */
static enum step step_go(struct ct_walk *walk)
{
	uint64_t ip = place_ip(walk), sp = *reg(walk, UNW_X86_64_RSP), caller, bp;
	const struct ct_code *code = ct_image_code(walk->image, ip);
	const struct ct_place *place;

	if (!code || !code->object)
		return STEP_CANNOT;
	place = ct_object_place(code->object, ip - code->bias);
	if (!place->is_go)
		return STEP_CANNOT;
	if (is_outermost_go(place->symbol))
		return STEP_END;
	if (place->frame < 0 || !ct_walk_stack_word(walk, sp + place->frame, &caller))
		return STEP_CANNOT;
	if (!is_code(walk, caller))
		return STEP_END;
	/* a Go function with a frame saves the frame pointer right below the address */
	if (place->frame >= 8 && ct_walk_stack_word(walk, sp + place->frame - 8, &bp))
		*reg(walk, UNW_X86_64_RBP) = bp;
	*reg(walk, UNW_X86_64_RIP) = caller;
	*reg(walk, UNW_X86_64_RSP) = sp + place->frame + 8;
	walk->has_cursor = false;
	return STEP_DONE;
}

static enum step step_cfi(struct ct_walk *walk)
{
	static const int followed[] = { UNW_X86_64_RIP, UNW_X86_64_RSP, UNW_X86_64_RBP };
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

		if (unw_get_reg(&walk->cursor, followed[i], &value))
			return STEP_END;
		*reg(walk, followed[i]) = value;
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
	uint64_t bp = *reg(walk, UNW_X86_64_RBP), caller, next;

	if (bp < *reg(walk, UNW_X86_64_RSP) || !ct_walk_stack_word(walk, bp, &next) ||
	    !ct_walk_stack_word(walk, bp + 8, &caller) || !is_code(walk, caller))
		return STEP_END;
	*reg(walk, UNW_X86_64_RIP) = caller;
	*reg(walk, UNW_X86_64_RSP) = bp + 16;
	*reg(walk, UNW_X86_64_RBP) = next;
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
	steps[n++] = (struct ct_step){ walk.regs[UNW_X86_64_RIP], false };
	if (!is_code(&walk, walk.regs[UNW_X86_64_RIP]))
		image->stale = true;
	if (snapshot->regs->cs == CS_32BIT)
		return n;
	while (n < CT_UNWIND_FRAMES && step(&walk) == STEP_DONE) {
		uint64_t ip = walk.regs[UNW_X86_64_RIP];

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
