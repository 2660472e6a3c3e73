/* SPDX-License-Identifier: MIT */
/*
 * The C API of libcttrace: reads a trace, walks its events, asks what they mean. This
 * header alone is installed; docs/api.md tells what is promised about it.
 *
 * Handles belong to their trace and live as long as it does; so do strings. NULL, -1 and
 * 0 say "not known" or "there is none", as each comment tells. Words (roles, kinds, tags)
 * are those of the JSON report, docs/report-format.md. Strings have whatever bytes the
 * traced programs chose, but no NUL: see cttrace_printable(). Times are nanoseconds since
 * the start of the trace. An index must be below its count.
 */
#ifndef CTTRACE_CTTRACE_H
#define CTTRACE_CTTRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Grows by one whenever something is added. */
#define CTTRACE_API_VERSION 1

#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

struct cttrace;
struct cttrace_process;
struct cttrace_container;
struct cttrace_phase;
struct cttrace_event;
struct cttrace_finding;

/* -------- a trace -------- */

/*
 * Reads a trace ("-": standard input). On failure NULL, and *error, if error is not NULL,
 * is one line that says why: give it to free(). A trace that was cut off is read up to
 * its last whole line.
 */
struct cttrace *cttrace_open(const char *path, char **error);
/* The same of a stream, which stays open; `name` is for messages. */
struct cttrace *cttrace_read(FILE *in, const char *name, char **error);
void cttrace_free(struct cttrace *trace); /* NULL is fine */

/* The traced command; 0 when running processes were attached to. */
size_t cttrace_argc(const struct cttrace *trace);
const char *cttrace_argv(const struct cttrace *trace, size_t index);
int cttrace_exit_status(const struct cttrace *trace); /* -1: a signal, or not known */
int cttrace_exit_signal(const struct cttrace *trace); /* 0: none, or not known */
int64_t cttrace_duration_ns(const struct cttrace *trace);
int64_t cttrace_start_realtime_ns(const struct cttrace *trace); /* of CLOCK_REALTIME */
bool cttrace_is_complete(const struct cttrace *trace); /* false: it was cut off */
/* Of the host; NULL: not known. */
const char *cttrace_kernel(const struct cttrace *trace);
const char *cttrace_architecture(const struct cttrace *trace);
const char *cttrace_hostname(const struct cttrace *trace);
const char *cttrace_cgroup_mode(const struct cttrace *trace);
/* Who made the trace: "cttrace 0.1.0", "strace"; NULL: not known. */
const char *cttrace_tracer(const struct cttrace *trace);

/* -------- processes, in the order of their births -------- */

size_t cttrace_process_count(const struct cttrace *trace);
const struct cttrace_process *cttrace_process(const struct cttrace *trace, size_t index);

int cttrace_process_pid(const struct cttrace_process *process); /* the tracer's view */
/* Unlike a pid, it is unique within the trace. */
uint32_t cttrace_process_serial(const struct cttrace_process *process);
/* In its innermost pid namespace; 0: not known. */
int cttrace_process_nspid(const struct cttrace_process *process);
const char *
cttrace_process_name(const struct cttrace_process *process); /* the last; NULL */
const char *cttrace_process_role(const struct cttrace_process *process);
/* NULL: outside the trace. The creator is another one after CLONE_PARENT. */
const struct cttrace_process *
cttrace_process_parent(const struct cttrace_process *process);
const struct cttrace_process *
cttrace_process_creator(const struct cttrace_process *process);
/* The container that it builds, is in, or serves; NULL. */
const struct cttrace_container *
cttrace_process_container(const struct cttrace_process *process);
bool cttrace_process_is_inside(const struct cttrace_process *process);
int64_t cttrace_process_born_ns(const struct cttrace_process *process);
int64_t cttrace_process_exited_ns(const struct cttrace_process *process); /* -1: alive */
int cttrace_process_exit_status(const struct cttrace_process *process);   /* -1: none */
int cttrace_process_exit_signal(const struct cttrace_process *process);   /* 0: none */
size_t cttrace_process_thread_count(const struct cttrace_process *process); /* ever */
size_t cttrace_process_failed_calls(const struct cttrace_process *process);
/* Inode number of its namespace of a type ("net") at the end; 0: not known. */
uint64_t cttrace_process_namespace(const struct cttrace_process *process,
				   const char *type);

/* The programs that it executed, in order. */
size_t cttrace_process_exec_count(const struct cttrace_process *process);
int64_t cttrace_process_exec_ns(const struct cttrace_process *process, size_t exec);
const char *cttrace_process_exec_path(const struct cttrace_process *process, size_t exec);
size_t cttrace_process_exec_argc(const struct cttrace_process *process, size_t exec);
const char *cttrace_process_exec_argv(const struct cttrace_process *process, size_t exec,
				      size_t index);

/* -------- containers, in the order in which they appear -------- */

size_t cttrace_container_count(const struct cttrace *trace);
const struct cttrace_container *cttrace_container(const struct cttrace *trace,
						  size_t index);

/* As the engine or the runtime names it, else "pid-N"; never NULL. */
const char *cttrace_container_id(const struct cttrace_container *container);
/* NULL: none, or not known. */
const char *cttrace_container_engine(const struct cttrace_container *container);
const char *cttrace_container_runtime(const struct cttrace_container *container);
const char *cttrace_container_bundle(const struct cttrace_container *container);
const char *cttrace_container_rootfs(const struct cttrace_container *container);
const char *cttrace_container_hostname(const struct cttrace_container *container);
const char *cttrace_container_cgroup(const struct cttrace_container *container);
/* How its root directory was changed: "pivot_root", "chroot", "MS_MOVE"; NULL: never. */
const char *cttrace_container_root_change(const struct cttrace_container *container);
/* Who plays the part; NULL: nobody, or not known. */
const struct cttrace_process *
cttrace_container_monitor(const struct cttrace_container *container);
const struct cttrace_process *
cttrace_container_runtime_process(const struct cttrace_container *container);
const struct cttrace_process *
cttrace_container_init(const struct cttrace_container *container);
const struct cttrace_process *
cttrace_container_payload(const struct cttrace_container *container);
/* When its program began to run; -1: it never did. */
int64_t cttrace_container_payload_ns(const struct cttrace_container *container);
/* Of the payload: -1, and 0, when there is none, or it is not known. */
int cttrace_container_exit_status(const struct cttrace_container *container);
int cttrace_container_exit_signal(const struct cttrace_container *container);
/* The container that it was started in; NULL. */
const struct cttrace_container *
cttrace_container_outer(const struct cttrace_container *container);
/* It was there before the trace: somebody has joined it. */
bool cttrace_container_is_older(const struct cttrace_container *container);

/* Inode number of its namespace of a type; 0: not known. */
uint64_t cttrace_container_namespace(const struct cttrace_container *container,
				     const char *type);
/* How it came to it: "shared" (with the host), "clone", "unshare", "setns"; NULL: there
 * is no such type. */
const char *cttrace_container_namespace_how(const struct cttrace_container *container,
					    const char *type);
/*
 * A set of its payload: "bounding", "effective", "permitted", "inheritable", "ambient".
 * Bit N of *mask is capability N; false: not known.
 */
bool cttrace_container_capabilities(const struct cttrace_container *container,
				    const char *set, uint64_t *mask);
const char *cttrace_capability_name(unsigned int bit); /* "cap_sys_admin"; NULL */
int cttrace_container_no_new_privs(const struct cttrace_container *container); /* or -1 */
/* Of all its seccomp filters; -1: it has none. */
int cttrace_container_seccomp_instructions(const struct cttrace_container *container);

/* The mount table that it ended up with; 0: it shares the host's, or not known. */
size_t cttrace_container_mount_count(const struct cttrace_container *container);
const char *cttrace_container_mount_target(const struct cttrace_container *container,
					   size_t mount);
/* NULL: not known. */
const char *cttrace_container_mount_type(const struct cttrace_container *container,
					 size_t mount);
const char *cttrace_container_mount_source(const struct cttrace_container *container,
					   size_t mount);
const char *cttrace_container_mount_flags(const struct cttrace_container *container,
					  size_t mount);

/* -------- phases -------- */

size_t cttrace_phase_count(const struct cttrace *trace);
const struct cttrace_phase *cttrace_phase(const struct cttrace *trace, size_t index);

const char *
cttrace_phase_name(const struct cttrace_phase *phase);     /* "create", "rootfs" */
int cttrace_phase_step(const struct cttrace_phase *phase); /* 1…; 0: a large phase */
int64_t cttrace_phase_start_ns(const struct cttrace_phase *phase);
int64_t cttrace_phase_end_ns(const struct cttrace_phase *phase);
/* The sum of its pieces, which others' may lie between. */
int64_t cttrace_phase_busy_ns(const struct cttrace_phase *phase);
/* NULL: none. */
const struct cttrace_container *
cttrace_phase_container(const struct cttrace_phase *phase);
const struct cttrace_process *cttrace_phase_leader(const struct cttrace_phase *phase);
const char *cttrace_phase_detail(const struct cttrace_phase *phase); /* a phrase; NULL */

/* -------- events, in the order of the trace -------- */

size_t cttrace_event_count(const struct cttrace *trace);
const struct cttrace_event *cttrace_event(const struct cttrace *trace, size_t index);

/* "task", "call", "exec", "exit", "signal", "gap", "note", "meter" */
const char *cttrace_event_kind(const struct cttrace_event *event);
int64_t cttrace_event_t_ns(const struct cttrace_event *event);
int64_t cttrace_event_dur_ns(const struct cttrace_event *event); /* -1: not known */
int cttrace_event_tid(const struct cttrace_event *event);
/* NULL: none. */
const struct cttrace_process *cttrace_event_process(const struct cttrace_event *event);
const struct cttrace_container *
cttrace_event_container(const struct cttrace_event *event);
/* Is it about "mount", "namespace", "failed", …? false for a word that is no tag. */
bool cttrace_event_has_tag(const struct cttrace_event *event, const char *tag);

/* Of a call and an exec: "mount", "execve"; else NULL. */
const char *cttrace_event_name(const struct cttrace_event *event);
/* Of a call: did it return a value, and which? */
bool cttrace_event_result(const struct cttrace_event *event, int64_t *value);
int cttrace_event_error(const struct cttrace_event *event); /* positive errno; 0 */
const char *cttrace_event_error_name(const struct cttrace_event *event); /* NULL: none */
/* Arguments of a call; 0 of anything else. */
size_t cttrace_event_arg_count(const struct cttrace_event *event);
const char *cttrace_event_arg_name(const struct cttrace_event *event, size_t arg);
const char *cttrace_event_arg_text(const struct cttrace_event *event, size_t arg);
/* What a file name or a descriptor really was; NULL: it is neither, or not known. */
const char *cttrace_event_arg_path(const struct cttrace_event *event, size_t arg);
/* Of a number or an address; false: it is something else, or not known. */
bool cttrace_event_arg_value(const struct cttrace_event *event, size_t arg,
			     int64_t *value);
/* Of a string: its bytes, which may have a NUL among them; else NULL. */
const char *cttrace_event_arg_bytes(const struct cttrace_event *event, size_t arg,
				    size_t *length);
/* Of an exec: the program and its arguments; NULL and 0 of anything else. */
const char *cttrace_event_path(const struct cttrace_event *event);
size_t cttrace_event_argc(const struct cttrace_event *event);
const char *cttrace_event_argv(const struct cttrace_event *event, size_t index);
int cttrace_event_exit_status(const struct cttrace_event *event); /* of an exit, or -1 */
/* Of a signal, or of an exit by one; 0: none. */
int cttrace_event_signal(const struct cttrace_event *event);
const char *cttrace_event_text(const struct cttrace_event *event); /* note, gap; NULL */

/* -------- findings -------- */

size_t cttrace_finding_count(const struct cttrace *trace);
const struct cttrace_finding *cttrace_finding(const struct cttrace *trace, size_t index);

const char *cttrace_finding_id(const struct cttrace_finding *finding); /* stable */
const char *cttrace_finding_severity(const struct cttrace_finding *finding);
int cttrace_finding_confidence(const struct cttrace_finding *finding); /* percent */
const char *cttrace_finding_title(const struct cttrace_finding *finding);
const char *cttrace_finding_cause(const struct cttrace_finding *finding);  /* NULL */
const char *cttrace_finding_remedy(const struct cttrace_finding *finding); /* NULL */
const struct cttrace_event *cttrace_finding_event(const struct cttrace_finding *finding);
size_t cttrace_finding_evidence_count(const struct cttrace_finding *finding);
const char *cttrace_finding_evidence(const struct cttrace_finding *finding, size_t index);

/* -------- help -------- */

/* The library that runs, which may be newer than this header: "0.1.0". */
const char *cttrace_version(void);
const char *cttrace_signal_name(int signal); /* "SIGKILL"; "?" for no signal */
/*
 * The text as one line of UTF-8 that steers no terminal: a backslash is doubled, controls
 * and bytes that are not UTF-8 are "\xHH". Give it to free(). "" for NULL.
 */
char *cttrace_printable(const char *text);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif

#endif
