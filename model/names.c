/* SPDX-License-Identifier: MIT */
/* The words of the model: roles, tags, steps, capabilities. */
#include "cttrace/model.h"

#define NAME_OF(names, value) \
	((size_t)(value) < sizeof(names) / sizeof((names)[0]) ? (names)[value] : "?")

const char *ct_role_name(enum ct_role role)
{
	static const char *const names[CT_ROLES] = {
		[CT_ROLE_UNKNOWN] = "unknown",   [CT_ROLE_ENGINE] = "engine",
		[CT_ROLE_DAEMON] = "daemon",     [CT_ROLE_MONITOR] = "monitor",
		[CT_ROLE_RUNTIME] = "runtime",   [CT_ROLE_INIT] = "init",
		[CT_ROLE_PAYLOAD] = "payload",   [CT_ROLE_NETWORK] = "network",
		[CT_ROLE_STORAGE] = "storage",   [CT_ROLE_IDMAP] = "idmap",
		[CT_ROLE_FIREWALL] = "firewall", [CT_ROLE_HOOK] = "hook",
		[CT_ROLE_HELPER] = "helper",
	};

	return NAME_OF(names, role);
}

const char *ct_ns_how_name(enum ct_ns_how how)
{
	static const char *const names[] = {
		[CT_NS_SHARED] = "shared",
		[CT_NS_CLONE] = "clone",
		[CT_NS_UNSHARE] = "unshare",
		[CT_NS_SETNS] = "setns",
	};

	return NAME_OF(names, how);
}

const char *ct_step_name(enum ct_step step)
{
	static const char *const names[CT_STEPS] = {
		[CT_STEP_NONE] = "none",
		[CT_STEP_NAMESPACES] = "namespaces",
		[CT_STEP_CGROUP] = "cgroup",
		[CT_STEP_ROOTFS] = "rootfs",
		[CT_STEP_NETWORK] = "network",
		[CT_STEP_PIVOT] = "pivot_root",
		[CT_STEP_CAPABILITIES] = "capabilities",
		[CT_STEP_SECCOMP] = "seccomp",
		[CT_STEP_EXEC] = "exec",
	};

	return NAME_OF(names, step);
}

const char *ct_file_change_name(enum ct_file_change change)
{
	static const char *const names[] = {
		[CT_FILE_WRITTEN] = "written",
		[CT_FILE_CREATED] = "created",
		[CT_FILE_REMOVED] = "removed",
	};

	return NAME_OF(names, change);
}

const char *ct_tag_name(enum ct_tag tag)
{
	static const char *const names[CT_TAGS] = {
		[CT_TAG_PROCESS] = "process",
		[CT_TAG_NAMESPACE] = "namespace",
		[CT_TAG_CGROUP] = "cgroup",
		[CT_TAG_MOUNT] = "mount",
		[CT_TAG_ROOT] = "root",
		[CT_TAG_IDENTITY] = "identity",
		[CT_TAG_CAPABILITY] = "capability",
		[CT_TAG_SECCOMP] = "seccomp",
		[CT_TAG_LIMIT] = "limit",
		[CT_TAG_HOSTNAME] = "hostname",
		[CT_TAG_KEYRING] = "keyring",
		[CT_TAG_KILL] = "kill",
		[CT_TAG_SYSCTL] = "sysctl",
		[CT_TAG_DEVICE] = "device",
		[CT_TAG_NETWORK] = "network",
		[CT_TAG_FILE] = "file",
		[CT_TAG_MESSAGE] = "message",
		[CT_TAG_PAYLOAD] = "payload",
		[CT_TAG_FAILED] = "failed",
		[CT_TAG_WALL] = "wall",
		[CT_TAG_BENIGN] = "benign",
	};

	return NAME_OF(names, tag);
}

const char *ct_bus_kind_name(enum ct_bus_kind kind)
{
	static const char *const names[] = {
		[CT_BUS_CALL] = "call",
		[CT_BUS_RETURN] = "return",
		[CT_BUS_ERROR] = "error",
		[CT_BUS_SIGNAL] = "signal",
	};

	return NAME_OF(names, kind);
}

const char *ct_answerer_name(enum ct_answerer answerer)
{
	static const char *const names[] = {
		[CT_ANSWERER_NONE] = "none",
		[CT_ANSWERER_FILTER] = "filter",
		[CT_ANSWERER_KERNEL] = "kernel",
		[CT_ANSWERER_UNKNOWN] = "unknown",
	};

	return NAME_OF(names, answerer);
}

const char *ct_layer_name(enum ct_layer layer)
{
	static const char *const names[CT_LAYERS] = {
		[CT_LAYER_NONE] = "none",
		[CT_LAYER_SECCOMP] = "seccomp",
		[CT_LAYER_CAPABILITY] = "capability",
		[CT_LAYER_USER_NS] = "user-namespace",
		[CT_LAYER_MOUNT] = "mount",
		[CT_LAYER_DEVICES] = "devices",
		[CT_LAYER_LSM] = "lsm",
		[CT_LAYER_PERMISSION] = "permission",
		[CT_LAYER_TRACER] = "tracer",
		[CT_LAYER_NO_NEW_PRIVS] = "no-new-privs",
		[CT_LAYER_KERNEL] = "kernel",
		[CT_LAYER_UNKNOWN] = "unknown",
	};

	return NAME_OF(names, layer);
}

const char *ct_outcome_name(enum ct_outcome outcome)
{
	static const char *const names[] = {
		[CT_OUTCOME_ALLOWED] = "allowed",
		[CT_OUTCOME_REFUSED] = "refused",
		[CT_OUTCOME_FAILED] = "failed",
	};

	return NAME_OF(names, outcome);
}

const char *ct_cap_name(unsigned int bit)
{
	static const char *const names[] = {
		"cap_chown",
		"cap_dac_override",
		"cap_dac_read_search",
		"cap_fowner",
		"cap_fsetid",
		"cap_kill",
		"cap_setgid",
		"cap_setuid",
		"cap_setpcap",
		"cap_linux_immutable",
		"cap_net_bind_service",
		"cap_net_broadcast",
		"cap_net_admin",
		"cap_net_raw",
		"cap_ipc_lock",
		"cap_ipc_owner",
		"cap_sys_module",
		"cap_sys_rawio",
		"cap_sys_chroot",
		"cap_sys_ptrace",
		"cap_sys_pacct",
		"cap_sys_admin",
		"cap_sys_boot",
		"cap_sys_nice",
		"cap_sys_resource",
		"cap_sys_time",
		"cap_sys_tty_config",
		"cap_mknod",
		"cap_lease",
		"cap_audit_write",
		"cap_audit_control",
		"cap_setfcap",
		"cap_mac_override",
		"cap_mac_admin",
		"cap_syslog",
		"cap_wake_alarm",
		"cap_block_suspend",
		"cap_audit_read",
		"cap_perfmon",
		"cap_bpf",
		"cap_checkpoint_restore",
	};

	return bit < sizeof(names) / sizeof(names[0]) ? names[bit] : NULL;
}
