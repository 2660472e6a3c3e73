/* SPDX-License-Identifier: MIT */
/*
 * start-summary TRACE…: what a recorded start did, asked of libcttrace: who took part,
 * which containers came of it, how long each phase took, what failed.
 *
 *   cc start-summary.c $(pkg-config --cflags --libs cttrace) -o start-summary
 */
#include <cttrace/cttrace.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const types[] = { "cgroup", "ipc",  "mnt",  "net",
				     "pid",    "time", "user", "uts" };

/* Programs choose names, arguments and paths: as they are, they could steer a terminal.
 */
static void print_text(const char *text)
{
	char *printable = cttrace_printable(text);

	fputs(printable, stdout);
	free(printable);
}

static void print_command(const struct cttrace *trace)
{
	for (size_t i = 0; i < cttrace_argc(trace); i++) {
		if (i)
			putchar(' ');
		print_text(cttrace_argv(trace, i));
	}
	printf("\n%" PRId64 " us, ", cttrace_duration_ns(trace) / 1000);
	if (cttrace_exit_signal(trace))
		printf("ended by %s\n", cttrace_signal_name(cttrace_exit_signal(trace)));
	else
		printf("status %d\n", cttrace_exit_status(trace));
}

static void print_process(const struct cttrace_process *process)
{
	const struct cttrace_process *creator = cttrace_process_creator(process);
	size_t n = cttrace_process_exec_count(process);

	printf("process %d ", cttrace_process_pid(process));
	print_text(cttrace_process_name(process));
	printf(" role %s of %d threads %zu program ", cttrace_process_role(process),
	       creator ? cttrace_process_pid(creator) : 0,
	       cttrace_process_thread_count(process));
	print_text(n ? cttrace_process_exec_path(process, n - 1) : "-");
	putchar('\n');
}

static void print_container(const struct cttrace_container *container)
{
	const struct cttrace_process *init = cttrace_container_init(container);

	printf("container ");
	print_text(cttrace_container_id(container));
	printf(" init %d by ", init ? cttrace_process_pid(init) : 0);
	print_text(cttrace_container_runtime(container));
	printf(" mounts %zu\n", cttrace_container_mount_count(container));
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		printf("  %s %" PRIu64 " %s\n", types[i],
		       cttrace_container_namespace(container, types[i]),
		       cttrace_container_namespace_how(container, types[i]));
}

static void print_phase(const struct cttrace_phase *phase)
{
	printf("phase %s step %d from %" PRId64 " us busy %" PRId64 " us\n",
	       cttrace_phase_name(phase), cttrace_phase_step(phase),
	       cttrace_phase_start_ns(phase) / 1000, cttrace_phase_busy_ns(phase) / 1000);
}

/* A failed call, but for those that fail in starts that work as well. */
static void print_failure(const struct cttrace_event *event)
{
	if (!cttrace_event_error(event) || cttrace_event_has_tag(event, "benign"))
		return;
	printf("failed %s %s", cttrace_event_name(event),
	       cttrace_event_error_name(event));
	for (size_t i = 0; i < cttrace_event_arg_count(event); i++) {
		putchar(' ');
		print_text(cttrace_event_arg_text(event, i));
	}
	putchar('\n');
}

static void print_finding(const struct cttrace_finding *finding)
{
	printf("%s %s ", cttrace_finding_severity(finding), cttrace_finding_id(finding));
	print_text(cttrace_finding_title(finding));
	putchar('\n');
}

static void print_trace(const struct cttrace *trace)
{
	print_command(trace);
	for (size_t i = 0; i < cttrace_process_count(trace); i++)
		print_process(cttrace_process(trace, i));
	for (size_t i = 0; i < cttrace_container_count(trace); i++)
		print_container(cttrace_container(trace, i));
	for (size_t i = 0; i < cttrace_phase_count(trace); i++)
		print_phase(cttrace_phase(trace, i));
	for (size_t i = 0; i < cttrace_event_count(trace); i++)
		print_failure(cttrace_event(trace, i));
	for (size_t i = 0; i < cttrace_finding_count(trace); i++)
		print_finding(cttrace_finding(trace, i));
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		char *error = NULL;
		struct cttrace *trace = cttrace_open(argv[i], &error);

		if (!trace) {
			fprintf(stderr, "%s\n", error);
			free(error);
			return 1;
		}
		print_trace(trace);
		cttrace_free(trace);
	}
	return 0;
}
