/* SPDX-License-Identifier: MIT */
/* Runs both scripts, and asks the comparison. */
#include "scene.h"

#include "test.h"

struct scene scene_of(const char *a, const char *b)
{
	struct scene scene = { .script = { script_run(a), script_run(b) } };

	scene.diff = ct_diff_new(scene.script[CT_DIFF_A]->model,
				 scene.script[CT_DIFF_B]->model);
	return scene;
}

void scene_end(struct scene *scene)
{
	ct_diff_free(scene->diff);
	for (int i = 0; i < CT_DIFF_SIDES; i++)
		script_free(scene->script[i]);
}

const struct ct_diff_aspect *scene_aspect(const struct scene *scene, const char *name)
{
	for (size_t i = 0; i < scene->diff->n_aspects; i++)
		if (!strcmp(scene->diff->aspects[i].name, name))
			return &scene->diff->aspects[i];
	test_fail(__FILE__, __LINE__, "no aspect %s", name);
}

size_t scene_steps(const struct scene *scene, enum ct_diff_change change)
{
	size_t n = 0;

	for (size_t i = 0; i < scene->diff->n_steps; i++) {
		const struct ct_diff_step *step = &scene->diff->steps[i];

		n += step->change == change && step->weight >= 2 && !step->again;
	}
	return n;
}
