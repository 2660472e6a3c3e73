/* SPDX-License-Identifier: MIT */
/* Which wall said no, in the order in which the kernel comes to them. */
#include "wall.h"

#include "mount_replay.h"

#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/mount.h>

static struct model *model(const struct attempt *a)
{
	return a->f->m;
}

static const struct task *task(const struct attempt *a)
{
	return &model(a)->tasks[a->f->task];
}

static const struct mnt *mount_of(const struct attempt *a)
{
	return a->place.mnt < 0 ? NULL : &model(a)->tree.mounts[a->place.mnt];
}

static bool is_privilege_error(int error)
{
	return error == EPERM || error == EACCES;
}

static bool is_effective(const struct attempt *a, int capability)
{
	return task(a)->caps && task(a)->caps->effective & (uint64_t)1 << capability;
}

/* Those that were once a part of cap_sys_admin still come with it. */
static bool has_capability(const struct attempt *a)
{
	return a->capability < 0 || is_effective(a, a->capability) ||
	       ((a->capability == CAP_BPF || a->capability == CAP_PERFMON) &&
		is_effective(a, CAP_SYS_ADMIN));
}

static bool in_user_namespace(const struct attempt *a)
{
	uint64_t own = task(a)->ns[CT_NS_USER], host = model(a)->host_ns[CT_NS_USER];

	return own && host && own != host;
}

static bool say(struct ct_wall *w, enum ct_layer layer, const char *reason)
{
	w->layer = layer;
	w->reason = reason;
	return true;
}

/* -------- one function per wall: true when it was that one -------- */

static bool by_filter(const struct attempt *a, struct ct_wall *w)
{
	const struct site *s = &model(a)->sites[a->site];
	const struct ct_fact *fact = feed_fact(a->f);

	if (fact->answered_by != CT_ANSWERER_FILTER)
		return false;
	w->outcome = CT_OUTCOME_REFUSED;
	if (task(a)->filter != s->filter)
		return say(w, CT_LAYER_SECCOMP, "a seccomp filter");
	return say(w, CT_LAYER_SECCOMP,
		   ct_arena_printf(&model(a)->arena, "the seccomp filter from %s",
				   site_container(model(a), a->site)->runtime));
}

/* No wall: there is no such thing, it is busy, the arguments are wrong. */
static bool by_circumstance(const struct attempt *a, struct ct_wall *w)
{
	(void)a;
	if (is_privilege_error(w->error) || w->error == EROFS)
		return false;
	w->outcome = CT_OUTCOME_FAILED;
	return say(w, CT_LAYER_KERNEL,
		   w->error == ENOSYS ? "this kernel has no such call" : "");
}

static bool by_mount(const struct attempt *a, struct ct_wall *w)
{
	const struct mnt *mnt = mount_of(a);
	struct model *m = model(a);
	const char *target;

	if (w->error == EROFS && !mnt)
		return say(w, CT_LAYER_MOUNT, "it is on a read-only mount");
	if (!mnt || !(w->error == EROFS ||
		      (w->error == EACCES && a->device && mnt->flags & MS_NODEV)))
		return false;
	target = mount_target(&m->tree, &m->arena, replay_root(m, a->f->task),
			      a->place.mnt);
	return say(w, CT_LAYER_MOUNT,
		   ct_arena_printf(&m->arena, "the mount at %s is %s",
				   target ? target : "?",
				   w->error == EROFS ? "read-only" : "nodev"));
}

static bool by_unknown_filter(const struct attempt *a, struct ct_wall *w)
{
	if (feed_fact(a->f)->answered_by != CT_ANSWERER_UNKNOWN &&
	    !task(a)->other_filters)
		return false;
	return say(w, CT_LAYER_UNKNOWN,
		   "a seccomp filter that is not known, or the kernel");
}

static bool by_tracer(const struct attempt *a, struct ct_wall *w)
{
	if (strcmp(a->call->name, "ptrace") != 0 || w->error != EPERM ||
	    wall_target(a->f, a->site, a->pid) < 0)
		return false;
	return say(w, CT_LAYER_TRACER,
		   "cttrace traces it already; otherwise it may be allowed");
}

static bool by_capability(const struct attempt *a, struct ct_wall *w)
{
	if (has_capability(a))
		return false;
	if (!task(a)->caps)
		return say(w, CT_LAYER_UNKNOWN, "its capabilities are not known");
	return say(w, CT_LAYER_CAPABILITY,
		   ct_arena_printf(&model(a)->arena, "%s is missing",
				   ct_cap_name((unsigned int)a->capability)));
}

static bool by_user_namespace(const struct attempt *a, struct ct_wall *w)
{
	bool kernel_file = !strcmp(a->deed, "kernel-setting");

	if (!in_user_namespace(a) || (a->capability < 0 && !kernel_file && !a->device))
		return false;
	return say(w, CT_LAYER_USER_NS,
		   kernel_file || a->device
			   ? "its root is not the host's root"
			   : "its capabilities count in its own user namespace only");
}

static bool by_device_rules(const struct attempt *a, struct ct_wall *w)
{
	if (!a->device || w->error != EPERM)
		return false;
	return say(w, CT_LAYER_DEVICES, "the device rules of its cgroup");
}

static bool by_lsm(const struct attempt *a, struct ct_wall *w)
{
	const char *label = site_container(model(a), a->site)->lsm;

	if (!*label || strstr(label, "unconfined") || w->error != EACCES)
		return false;
	return say(w, CT_LAYER_LSM,
		   ct_arena_printf(&model(a)->arena,
				   "its profile, %s, or the file's mode", label));
}

static bool by_permission(const struct attempt *a, struct ct_wall *w)
{
	if (w->error != EACCES || !*a->path)
		return false;
	return say(w, CT_LAYER_PERMISSION, "owner and mode of the file");
}

static bool by_kernel(const struct attempt *a, struct ct_wall *w)
{
	(void)a;
	return say(w, CT_LAYER_KERNEL, "another check of the kernel's");
}

void wall_judge(const struct attempt *a, struct ct_wall *wall)
{
	static bool (*const walls[])(const struct attempt *a, struct ct_wall *w) = {
		by_filter, by_circumstance, by_mount,          by_unknown_filter,
		by_tracer, by_capability,   by_user_namespace, by_device_rules,
		by_lsm,    by_permission,   by_kernel,
	};
	size_t i = 0;

	wall->reason = a->remark;
	if (a->call->result != CT_RESULT_ERROR) {
		wall->outcome = CT_OUTCOME_ALLOWED;
		wall->reaches_host = a->host;
		return;
	}
	wall->outcome = CT_OUTCOME_REFUSED;
	wall->error = a->call->error;
	while (!walls[i](a, wall))
		i++;
}
