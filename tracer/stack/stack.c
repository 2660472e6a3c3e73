/* SPDX-License-Identifier: MIT */
/* The images and objects of a recording, and from addresses to names. */
#include "stack.h"

#include "alloc.h"
#include "registers.h"

#include <stdlib.h>

/*
 * Left-over or hostile bytes on a stack lead to addresses that no maps explain: then
 * asking again is of no use. Programs with more plug-ins than this lose the names of the
 * last ones.
 */
#define MAX_RENEWALS 64

struct ct_stack {
	struct ct_cache cache;
	struct ct_image *images[CT_STACK_IMAGES];
	size_t n_images;
	uint64_t clock; /* counts uses */
};

struct ct_stack *ct_stack_new(void)
{
	return ct_alloc(sizeof(struct ct_stack));
}

void ct_stack_free(struct ct_stack *stack)
{
	if (!stack)
		return;
	for (size_t i = 0; i < stack->n_images; i++)
		ct_image_free(stack->images[i], &stack->cache);
	ct_cache_release(&stack->cache);
	free(stack);
}

/* Its number; n_images when it is not known. */
static size_t find(const struct ct_stack *stack, uint64_t key)
{
	size_t i = 0;

	while (i < stack->n_images && stack->images[i]->key != key)
		i++;
	return i;
}

static void drop(struct ct_stack *stack, size_t i)
{
	ct_image_free(stack->images[i], &stack->cache);
	stack->images[i] = stack->images[--stack->n_images];
}

static size_t least_used(const struct ct_stack *stack)
{
	size_t least = 0;

	for (size_t i = 1; i < stack->n_images; i++)
		if (stack->images[i]->used < stack->images[least]->used)
			least = i;
	return least;
}

void ct_stack_add_maps(struct ct_stack *stack, uint64_t key, pid_t tid, const char *maps,
		       size_t len)
{
	struct ct_image *image = ct_image_new(&stack->cache, tid, maps, len);

	size_t old = find(stack, key);

	/* after the new one is there, so that what both have is not read again */
	if (old < stack->n_images) {
		image->renewed = stack->images[old]->renewed + 1;
		drop(stack, old);
	}
	if (stack->n_images == CT_STACK_IMAGES)
		drop(stack, least_used(stack));
	image->key = key;
	image->used = ++stack->clock;
	stack->images[stack->n_images++] = image;
}

void ct_stack_drop(struct ct_stack *stack, uint64_t key)
{
	size_t i = find(stack, key);

	if (i < stack->n_images)
		drop(stack, i);
}

bool ct_stack_wants_maps(const struct ct_stack *stack, uint64_t key)
{
	size_t i = find(stack, key);

	return i == stack->n_images ||
	       (stack->images[i]->stale && stack->images[i]->renewed < MAX_RENEWALS);
}

/* glibc's own tables say "memcpy@@GLIBC_2.14": the version is for the linker. */
static size_t name_length(const struct ct_place *place)
{
	return place->is_go ? strlen(place->symbol) : strcspn(place->symbol, "@");
}

static void name_frame(const struct ct_image *image, const struct ct_step *step,
		       struct ct_frame *frame, struct ct_arena *arena)
{
	uint64_t ip = step->ip - (step->returns ? 1 : 0);
	const struct ct_code *code = ct_image_code(image, ip);
	const struct ct_place *place;

	*frame = (struct ct_frame){ .module = "", .symbol = "", .source = "" };
	frame->ip = step->ip;
	if (!code)
		return;
	frame->module = ct_arena_strdup(arena, code->path);
	frame->offset = step->ip - code->bias;
	if (!code->object)
		return;
	place = ct_object_place(code->object, ip - code->bias);
	if (!*place->symbol)
		return;
	frame->symbol = ct_arena_strndup(arena, place->symbol, name_length(place));
	frame->source = ct_arena_strdup(arena, place->source);
	frame->offset -= place->start;
}

static size_t frame_without_image(const struct ct_snapshot *snapshot,
				  struct ct_frame **frames, struct ct_arena *arena)
{
	*frames = ct_arena_array(arena, struct ct_frame, 1);
	**frames = (struct ct_frame){
		.module = "", .symbol = "", .source = "", .ip = ct_regs_ip(snapshot->regs)
	};
	return 1;
}

size_t ct_stack_unwind(struct ct_stack *stack, uint64_t key,
		       const struct ct_snapshot *snapshot, struct ct_frame **frames,
		       struct ct_arena *arena)
{
	struct ct_step steps[CT_UNWIND_FRAMES];
	size_t i = find(stack, key), n;
	struct ct_image *image;

	if (i == stack->n_images)
		return frame_without_image(snapshot, frames, arena);
	image = stack->images[i];
	image->used = ++stack->clock;
	n = ct_unwind(image, snapshot, steps);
	*frames = ct_arena_array(arena, struct ct_frame, n);
	for (i = 0; i < n; i++)
		name_frame(image, &steps[i], &(*frames)[i], arena);
	return n;
}
