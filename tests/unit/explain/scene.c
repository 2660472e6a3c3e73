/* SPDX-License-Identifier: MIT */
/* Builds the events of a start. */
#include "scene.h"

#include "alloc.h"
#include "test.h"

#include <ctype.h>
#include <sched.h>
#include <stdlib.h>

static const char *command[] = { "crun", "create", "--bundle", "/b", "c1", NULL };

struct scene *scene_new(void)
{
	struct scene *scene = ct_alloc(sizeof(*scene));

	scene->trace.arena = (struct ct_arena)CT_ARENA_INIT;
	scene->trace.events = scene->events;
	scene->trace.complete = true;
	scene->trace.header = (struct ct_trace_header){
		.version = 1,
		.command = command,
		.n_command = 5,
		.kernel = "",
		.arch = "x86_64",
		.hostname = "h",
		.cgroup_mode = "v2",
		.boot_id = "",
		.tracer = "",
		.depth = "auto",
		.failures = "ptrace",
	};
	return scene;
}

void scene_free(struct scene *scene)
{
	ct_diagnosis_free(scene->diagnosis);
	ct_model_free(scene->model);
	ct_arena_release(&scene->trace.arena);
	free(scene);
}

static struct ct_event *add(struct scene *scene, int tid, enum ct_event_kind kind)
{
	struct ct_event *event = &scene->events[scene->trace.n_events++];

	CHECK(scene->trace.n_events < SCENE_EVENTS);
	*event = (struct ct_event){ .kind = kind,
				    .task = { tid, (uint32_t)tid },
				    .t_ns = (int64_t)scene->trace.n_events * 1000000,
				    .dur_ns = 1000 };
	return event;
}

static void task(struct scene *scene, int creator, int tid, enum ct_birth how,
		 uint64_t flags)
{
	add(scene, tid, CT_EVENT_TASK)->birth =
		(struct ct_event_task){ .pid = tid,
					.creator = { creator, (uint32_t)creator },
					.how = how,
					.flags = flags };
}

static struct ct_event_exec *add_exec(struct scene *scene, int tid, const char *path)
{
	struct ct_event_exec *exec = &add(scene, tid, CT_EVENT_EXEC)->exec;

	exec->call = "execve";
	exec->path = exec->exe = path;
	exec->argv = ct_arena_array(&scene->trace.arena, const char *, 1);
	exec->argv[0] = path;
	exec->argc = 1;
	return exec;
}

void scene_signal(struct scene *scene, int tid, int signal)
{
	add(scene, tid, CT_EVENT_SIGNAL)->signal = signal;
}

void scene_exec(struct scene *scene, int tid, const char *path)
{
	add_exec(scene, tid, path);
}

void scene_root(struct scene *scene, int tid, const char *path)
{
	struct ct_event_exec *exec;

	task(scene, 0, tid, CT_BIRTH_ROOT, 0);
	exec = add_exec(scene, tid, path);
	exec->argv = command;
	exec->argc = 5;
}

void scene_fork(struct scene *scene, int tid, int child)
{
	task(scene, tid, child, CT_BIRTH_FORK, 0);
}

void scene_clone(struct scene *scene, int tid, int child)
{
	task(scene, tid, child, CT_BIRTH_CLONE, CLONE_NEWNS | CLONE_NEWPID);
}

void scene_exit(struct scene *scene, int tid, int status)
{
	add(scene, tid, CT_EVENT_EXIT)->exit = (struct ct_event_exit){ .status = status };
}

void scene_kill(struct scene *scene, int tid, int signal)
{
	add(scene, tid, CT_EVENT_EXIT)->exit =
		(struct ct_event_exit){ .status = -1, .signal = signal };
}

static void set_arg(struct scene *scene, struct ct_arg *arg, const char *text)
{
	struct ct_arena *arena = &scene->trace.arena;
	const char *open = strchr(text, '<');

	*arg = (struct ct_arg){ .name = "value",
				.type = CT_VALUE_STR,
				.ns_type = -1,
				.str = text,
				.len = strlen(text),
				.text = ct_arena_printf(arena, "\"%s\"", text) };
	if (isdigit((unsigned char)*text) && open) {
		arg->name = "fd";
		arg->type = CT_VALUE_INT;
		arg->i = atoi(text);
		arg->text = text;
		arg->path = ct_arena_strndup(arena, open + 1, strlen(open) - 2);
	} else if (isupper((unsigned char)*text)) {
		arg->type = CT_VALUE_INT;
		arg->text = text;
	} else if (*text == '/') {
		arg->path = text;
	}
}

struct ct_event *scene_call(struct scene *scene, int tid, const char *name, int error,
			    const char *args)
{
	struct ct_event *event = add(scene, tid, CT_EVENT_CALL);
	char *save = NULL, *words = ct_arena_strdup(&scene->trace.arena, args);

	event->call.name = name;
	event->call.args = ct_arena_array(&scene->trace.arena, struct ct_arg, 6);
	event->call.result = error > 0   ? CT_RESULT_ERROR
			     : error < 0 ? CT_RESULT_NONE
					 : CT_RESULT_VALUE;
	event->call.error = error > 0 ? error : 0;
	event->call.ret = error ? -1 : 0;
	for (char *word = strtok_r(words, "|", &save); word;
	     word = strtok_r(NULL, "|", &save))
		set_arg(scene, &event->call.args[event->call.n_args++], word);
	return event;
}

static struct ct_event_call *transfer(struct scene *scene, int tid, int fd,
				      const char *path, const char *bytes, size_t len)
{
	struct ct_event *event = add(scene, tid, CT_EVENT_CALL);
	struct ct_arg *args = ct_arena_array(&scene->trace.arena, struct ct_arg, 2);

	args[0] = (struct ct_arg){ .name = "fd",
				   .type = CT_VALUE_INT,
				   .i = fd,
				   .path = path,
				   .text = "",
				   .ns_type = -1 };
	args[1] = (struct ct_arg){ .name = "buf",
				   .type = CT_VALUE_STR,
				   .str = bytes,
				   .len = len,
				   .text = "",
				   .ns_type = -1 };
	event->call = (struct ct_event_call){ .name = "write",
					      .args = args,
					      .n_args = 2,
					      .result = CT_RESULT_VALUE,
					      .ret = (int64_t)len };
	return &event->call;
}

void scene_write(struct scene *scene, int tid, int fd, const char *path,
		 const char *bytes, size_t len)
{
	transfer(scene, tid, fd, path, bytes, len);
}

void scene_receive(struct scene *scene, int tid, int fd, const char *bytes, size_t len)
{
	struct ct_event_call *call = transfer(scene, tid, fd, "socket:[1]", bytes, len);

	call->name = "recvmsg";
	((struct ct_arg *)call->args)[0].name = "sockfd";
	((struct ct_arg *)call->args)[1].name = "msg";
}

void scene_say(struct scene *scene, int tid, const char *text)
{
	scene_write(scene, tid, 2, "/dev/pts/0", text, strlen(text));
}

const struct ct_diagnosis *scene_diagnose(struct scene *scene)
{
	scene->trace.footer.t_ns = (int64_t)(scene->trace.n_events + 1) * 1000000;
	scene->model = ct_model_of_trace(&scene->trace);
	scene->diagnosis = ct_diagnosis_new(scene->model);
	return scene->diagnosis;
}

const struct ct_event_call *scene_culprit(const struct scene *scene)
{
	CHECK(scene->diagnosis->event >= 0);
	return &scene->model->facts[scene->diagnosis->event].event->call;
}

const char *scene_remark(const struct scene *scene, const char *label)
{
	for (size_t i = 0; i < scene->diagnosis->n_remarks; i++)
		if (!strcmp(scene->diagnosis->remarks[i].label, label))
			return scene->diagnosis->remarks[i].text;
	return "";
}
