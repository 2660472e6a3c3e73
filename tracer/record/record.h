/* SPDX-License-Identifier: MIT */
/*
 * A record is what the tracing thread copies while a task is stopped: numbers and bytes,
 * nothing interpreted. It travels through a queue to the thread that decodes and writes.
 *
 * A record is one flat piece of memory: struct ct_record, then n_blobs times a struct
 * ct_blob with its bytes, each padded to 8.
 */
#ifndef CTTRACE_RECORD_RECORD_H
#define CTTRACE_RECORD_RECORD_H

#include "cttrace/event.h"

enum ct_record_kind {
	CT_RECORD_TASK,   /* creator, pid, flags, birth */
	CT_RECORD_CALL,   /* nr, args, ret, result; blobs of its arguments */
	CT_RECORD_EXEC,   /* nr, args as a call; blobs; creator: the former thread */
	CT_RECORD_EXIT,   /* ret: wait status */
	CT_RECORD_SIGNAL, /* ret: signal number */
	CT_RECORD_GAP,    /* ret: how many; CT_BLOB_TEXT: what */
	CT_RECORD_NOTE,   /* CT_BLOB_TEXT */
	CT_RECORD_ATTACH, /* what an attached process runs: CT_BLOB_EXE, its command line
			     as CT_BLOB_STRV of CT_BLOB_TASK */
	CT_RECORD_METER,  /* CT_BLOB_TEXT: the cgroup's path; CT_BLOB_FIGURES */
};

struct ct_record {
	uint32_t size; /* bytes, this header and all blobs included; a multiple of 8 */
	uint16_t kind; /* enum ct_record_kind */
	uint16_t arch; /* enum ct_arch */
	struct ct_task_id task;
	int64_t t_ns;   /* absolute CLOCK_MONOTONIC */
	int64_t dur_ns; /* -1: not known */
	int64_t nr;     /* system call number in its architecture */
	uint64_t args[6];
	int64_t ret;
	uint16_t result; /* enum ct_result */
	uint16_t birth;  /* enum ct_birth */
	uint32_t n_blobs;
	struct ct_task_id creator;
	int32_t pid;
	uint32_t
		image; /* of the program that runs: grows with every execve; for stacks */
	uint64_t
		flags; /* clone flags of a TASK; CT_CALL_… of a CALL, CT_EXIT_… of an EXIT
			*/
};

enum {
	CT_EXIT_EXECUTES = 1 << 0, /* the execve that it was in has given it its leader's
				      place */
};

enum {
	CT_CALL_UNFINISHED = 1 << 0, /* at its entry; the second eye tells how it ends */
	CT_CALL_REPORTED = 1 << 1,   /* by the second eye, at its end */
	CT_CALL_ANSWER = 1 << 2, /* … only to finish one that was seen at its entry */
	CT_CALL_HALTED = 1 << 3, /* it failed, or moved a task into a cgroup, and the
				    second eye has stopped the task: says all that a call
				    seen at its entry does, and more */
};

enum ct_blob_kind {
	/* of an argument: `arg` says which */
	CT_BLOB_STR,  /* bytes of a string, without its NUL */
	CT_BLOB_MEM,  /* bytes of a struct or buffer */
	CT_BLOB_STRV, /* the strings of an argv, each ended by a NUL */
	CT_BLOB_LINK, /* where the descriptor in this argument points (readlink), or the
			 one in its struct: the cgroup of clone3 */
	CT_BLOB_DIR,  /* the directory that a relative path in this argument starts at */
	CT_BLOB_TARGET,  /* where the magic link points that this path argument is or
			    begins with: what /proc/self/fd/7 is, for /proc/self/fd/7/dev
			    too */
	CT_BLOB_STAT,    /* struct ct_blob_stat of the descriptor or magic link */
	CT_BLOB_INSNS,   /* struct bpf_insn[] of the program that a bpf(2) loads */
	CT_BLOB_MOUNT,   /* int64_t: id of the mount that the descriptor in this argument
			  is in; CT_BLOB_TASK: the descriptor that was returned */
	CT_BLOB_NETLINK, /* int32_t: these bytes go over a netlink socket of this protocol
			  */
	/* of the task, or of the task in `of`: arg is CT_BLOB_TASK */
	CT_BLOB_NS,     /* uint64_t[CT_NS_LINKS] */
	CT_BLOB_CGROUP, /* text of /proc/TID/cgroup */
	CT_BLOB_STATUS, /* text of /proc/TID/status */
	CT_BLOB_OF,  /* struct ct_task_id: whose the three above are, if not the task's */
	CT_BLOB_EXE, /* the link /proc/TID/exe */
	CT_BLOB_TEXT,    /* of a gap or note */
	CT_BLOB_PROGRAM, /* struct ct_blob_program: what an execve could not execute */
	CT_BLOB_HEAD,    /* the first bytes of that file */
	CT_BLOB_INTERPRETER, /* the name of who should run it */
	CT_BLOB_CONFIG,      /* text of a bundle's config.json: a runtime's exec */
	CT_BLOB_CONFIG_PATH, /* its name */
	CT_BLOB_LSM,         /* text of /proc/TID/attr/current */
	CT_BLOB_OWNERS,      /* struct ct_blob_owners */
	CT_BLOB_MOUNTS,      /* text of /proc/TID/mountinfo */
	CT_BLOB_LIMITS,      /* text of /proc/TID/limits */
	CT_BLOB_REGS,        /* struct user_regs_struct, for a stack */
	CT_BLOB_STACK,       /* bytes from the stack pointer on */
	CT_BLOB_MAPS,        /* text of /proc/TID/maps: new for this process */
	CT_BLOB_TABLE,       /* text of /proc/TID/mountinfo: a payload's exec */
	CT_BLOB_SET_ID,      /* struct ct_blob_set_id: an exec of such a file */
	CT_BLOB_PEER,        /* struct ct_blob_peer, then what it runs: no NUL */
	CT_BLOB_FIGURES,     /* int64_t[CT_FIGURES], of a cgroup */
	CT_BLOB_MISSING,     /* pairs of strings, each ended by a NUL: a library that a
				program lacks, and the path of who needs it */
	CT_BLOB_PASSED,      /* names of the descriptors that a message takes along, each
				ended by a NUL */
	/* of an argument again */
	CT_BLOB_FAMILY, /* int32_t: the descriptor is a socket of this address family */
	CT_BLOB_ANSWER, /* what waits on the netlink socket when a request has returned */
	CT_BLOB_INTERFACE, /* what the kernel calls the interface that the first message
			      means by its number */
	/* of the task, at its exec as the program of a container */
	CT_BLOB_ENV, /* text of /proc/TID/environ */
	CT_BLOB_CWD, /* its working directory, from its root on */
};

#define CT_BLOB_TASK 0xff

enum {
	CT_BLOB_CUT = 1 << 0,        /* there was more */
	CT_BLOB_UNREADABLE = 1 << 1, /* len 0: errno is in `error` */
};

struct ct_blob {
	uint8_t kind; /* enum ct_blob_kind */
	uint8_t arg;  /* 0…5, or CT_BLOB_TASK */
	uint8_t flags;
	uint8_t error; /* positive errno */
	uint32_t len;  /* bytes that follow, before padding */
};

struct ct_blob_stat {
	uint64_t dev, ino, rdev;
	uint32_t mode;
	uint32_t ns_type; /* enum ct_ns + 1 for a namespace file, else 0 */
};

struct ct_blob_program {
	int32_t error; /* why it cannot be opened; then the rest is 0 */
	uint32_t mode, uid, gid;
	uint64_t size;
	int32_t interpreter_error; /* why the interpreter cannot be opened */
	uint32_t noexec;           /* its mount has that flag */
};

/* The inodes of the user namespaces that own the task's namespaces; 0: not known. */
struct ct_blob_owners {
	uint64_t userns[CT_NS_TYPES]; /* of a user namespace: its parent */
	int64_t uid;                  /* who owns the task's own user namespace; -1 */
};

/* A program with a set-user-ID or set-group-ID bit. */
struct ct_blob_set_id {
	uint32_t mode, uid, gid;
};

/* Who listens where a call has connected to. */
struct ct_blob_peer {
	int32_t pid;
	uint32_t uid, gid;
};

/* The next blob after `blob` (NULL: the first one), or NULL at the end. Never reads
 * outside the record, whatever its bytes say. */
const struct ct_blob *ct_record_next(const struct ct_record *rec,
				     const struct ct_blob *blob);
/* The blob of that kind and argument, or NULL. */
const struct ct_blob *ct_record_find(const struct ct_record *rec, enum ct_blob_kind kind,
				     unsigned int arg);
static inline const void *ct_blob_bytes(const struct ct_blob *blob)
{
	return blob + 1;
}

#endif
