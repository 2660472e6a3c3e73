/* SPDX-License-Identifier: MIT */
/*
 * The words that all pictures share: names of processes, times, commands, ids. They are
 * made of the trace's own bytes and must still be escaped for where they go.
 */
#ifndef CTTRACE_RENDER_LABEL_H
#define CTTRACE_RENDER_LABEL_H

#include "cttrace/model.h"
#include "cttrace/strbuf.h"

/* "crun"; "init" for a container's first process. Never empty. */
void ct_label_name(struct ct_strbuf *out, const struct ct_model *model, int process);
/* "crun 6460", "init 6461 → 1" (pid as the tracer sees it, as the container does). */
void ct_label_process(struct ct_strbuf *out, const struct ct_model *model, int process);
void ct_label_ms(struct ct_strbuf *out, int64_t t_ns);       /* "172.480" */
void ct_label_duration(struct ct_strbuf *out, int64_t d_ns); /* "58.1 ms", "2.04 s" */
void ct_label_bytes(struct ct_strbuf *out, int64_t bytes);   /* "100 MiB", "1.5 GiB" */
void ct_label_exit(struct ct_strbuf *out, const struct ct_event_exit *end);
/* Text with hexadecimal ids of 32 digits or more cut to 12, when `cut`. */
void ct_label_text(struct ct_strbuf *out, const char *bytes, size_t len, bool cut);
/* A container's id as engines show it: 12 digits of a long one, any other name whole. */
void ct_label_id(struct ct_strbuf *out, const char *id);
/* "…/basename" of a path that takes more than `cells`, when `cut`; else as
 * ct_label_text().
 */
void ct_label_path(struct ct_strbuf *out, const char *path, size_t cells, bool cut);
/* A command line as a shell would accept it. With `cut`, argv[0] and long paths are shown
 * by their last component. */
void ct_label_command(struct ct_strbuf *out, const char *const *argv, size_t argc,
		      bool cut);
/* What an OCI runtime is told to do, without its global options: "crun … create ID".
 * False (and nothing added) when there are none, or no command is found. */
bool ct_label_oci_command(struct ct_strbuf *out, const char *const *argv, size_t argc);
void ct_label_arguments(struct ct_strbuf *out, const struct ct_event_call *call);
/* "addr 10.1.0.5/24 on eth0: EEXIST (ipv4: Address already assigned)" */
void ct_label_request(struct ct_strbuf *out, const struct ct_net_request *request);
/* "netns-1d87: eth0 10.88.0.5/16, default via 10.88.0.1"; "" when nothing is known. */
void ct_label_network(struct ct_strbuf *out, const struct ct_network *network);
/* "45 as asked, 1 different, 2 not seen"; nothing for a container without a config.json
 */
void ct_label_asked(struct ct_strbuf *out, const struct ct_container *container);
/* A call as strace shows it, result included. */
void ct_label_call(struct ct_strbuf *out, const struct ct_event_call *call);
/* The call of a fact, for a line of text: nobody reads the bytes of a large buffer. A
 * D-Bus message in its words, because its bytes are no text. */
void ct_label_fact(struct ct_strbuf *sb, const struct ct_model *model, size_t fact);
void ct_label_result(struct ct_strbuf *out, const struct ct_event_call *call);

/* What a limit did: "hog 7 → 1 was killed: memory was at its limit of 100 MiB". */
void ct_label_pressure(struct ct_strbuf *out, const struct ct_model *model,
		       const struct ct_pressure *pressure);
/* Why, without who: "memory at its limit, 100 MiB". */
void ct_label_pressure_cause(struct ct_strbuf *out, const struct ct_model *model,
			     const struct ct_pressure *pressure);

const char *
ct_basename(const char *path); /* what follows the last '/', if anything does */

/* Of kill(2) and its sisters: is it sent to a process that is not in the trace? */
bool ct_is_to_stranger(const struct ct_model *model, const struct ct_event_call *call);
/* "SIGTERM", or "SIGTERM to pid 4711". */
void ct_label_signal(struct ct_strbuf *out, const struct ct_model *model,
		     const struct ct_event_call *call);

#endif
