/* SPDX-License-Identifier: MIT */
/*
 * The first step of a story: its items, before repeated helpers become one. A finished
 * model is told at once, in the order in which things began; of one that still grows
 * each event is told when it is there.
 */
#ifndef CTTRACE_RENDER_TELL_H
#define CTTRACE_RENDER_TELL_H

#include "story.h"

/* While a story is made: what each event and each process already has. */
struct ct_teller {
	struct ct_story *story;
	int *ns_owner;   /* per event: the process whose namespaces it changed; -1 */
	size_t *latest;  /* per process and kind: its item + 1 that may still grow; 0 none
			  */
	size_t *last;    /* per process: its last item + 1 */
	bool *exit_told; /* per process */
	size_t cap_events, cap_processes;
};

void ct_teller_init(struct ct_teller *teller, struct ct_story *story);
void ct_teller_release(struct ct_teller *teller);
/* Items of an event, if it is worth telling. */
void ct_teller_tell(struct ct_teller *teller, size_t event);
/* Those of the model's last one; of a model that grows. */
void ct_teller_tell_last(struct ct_teller *teller);

void ct_story_tell(struct ct_story *story);

#endif
