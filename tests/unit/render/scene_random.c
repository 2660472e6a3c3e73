/* SPDX-License-Identifier: MIT */
/* A scene for each number: what no runtime does, but what a trace may hold. */
#include "build.h"

#include <string.h>

/* Numbers that are the same on every machine: xorshift, by Marsaglia. */
static int random_below(uint32_t *state, int limit)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return (int)(*state % (uint32_t)limit);
}

static const char *random_text(uint32_t *state)
{
	static const char *const texts[] = {
		"",
		"/usr/bin/x",
		"a b",
		"\xff\xfe",
		"組み込み",
		"\033[0m",
		"name\u202e\u202c",
		"0123456789abcdef0123456789abcdef01234567",
	};

	return texts[random_below(state, sizeof(texts) / sizeof(*texts))];
}

static void random_calls(struct build *b, uint32_t *state, int process)
{
	for (int i = random_below(state, 6); i > 0; i--) {
		unsigned int tags = (unsigned int)random_below(state, 1 << CT_TAGS);
		const char *text = random_text(state);
		const char *args = ct_arena_printf(&b->arena, "target=\"%s\"", text);
		size_t e = build_call(b, process, US(random_below(state, 1000000)), tags,
				      text, args);

		if (!random_below(state, 3))
			build_ns(b, process, e,
				 (struct ct_ns_change){
					 .type = (enum ct_ns)random_below(state,
									  CT_NS_TYPES),
					 .how = (enum ct_ns_how)random_below(state, 4),
					 .from = (uint64_t)random_below(state, 3) *
						 4026531840,
					 .to = (uint64_t)random_below(state, 1 << 30) });
		if (!random_below(state, 5))
			build_move(b, e,
				   (struct ct_cgroup_change){
					   .process = process,
					   .writer = random_below(state, process + 1),
					   .from = text,
					   .to = "/b",
					   .n_hierarchies = random_below(state, 12) });
	}
}

/* Deep chains, odd links, times that run backwards: a model of a trace made by an enemy.
 */
void build_random(struct build *b, uint32_t state)
{
	build_init(b, "random");
	build_process(b, 0, 1, -1, CT_ROLE_ENGINE, "root");
	for (int i = 1; i < 60; i++) {
		const char *text = random_text(&state);
		int creator = random_below(&state, 4) ? i - 1 : random_below(&state, i);
		int64_t t_ns = US(random_below(&state, 1000000));
		int p = build_process(b, t_ns, random_below(&state, 1 << 30), creator,
				      (enum ct_role)random_below(&state, CT_ROLES), text);

		random_calls(b, &state, p);
		if (random_below(&state, 2))
			build_exec(b, p, US(random_below(&state, 1000000)), text, text);
		if (random_below(&state, 2))
			build_exit(b, p, US(random_below(&state, 1000000)), p % 2);
		if (!random_below(&state, 9))
			build_container(b, text, p);
		if (!random_below(&state, 9))
			build_phase(b, text, (enum ct_step)random_below(&state, CT_STEPS),
				    t_ns, US(random_below(&state, 1000000)), text);
	}
}

void build_each(void (*check)(const struct ct_model *))
{
	static void (*const scenes[])(struct build *) = { build_podman, build_failed,
							  build_ls, build_attached,
							  build_hostile };
	struct build b;

	for (size_t i = 0; i < sizeof(scenes) / sizeof(*scenes); i++) {
		scenes[i](&b);
		check(&b.model);
		build_release(&b);
	}
	for (uint32_t seed = 1; seed <= 12; seed++) {
		build_random(&b, seed);
		check(&b.model);
		build_release(&b);
	}
}
