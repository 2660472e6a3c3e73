/* SPDX-License-Identifier: MIT */
/* clone3 with namespaces, and with everything that can be wrong about its struct. */
#include "hard.h"

static void try(const char *what, void *args, size_t size)
{
	pid_t pid = (pid_t)syscall(SYS_clone3, args, size);

	if (!pid)
		_exit(3);
	tell(what, "gives", pid < 0 ? -errno : 1);
	if (pid > 0)
		tell_status(what, status_of(pid));
}

int main(void)
{
	struct clone_args good = { .flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS,
				   .exit_signal = SIGCHLD };
	struct clone_args both = { .flags = CLONE_NEWNS | CLONE_FS,
				   .exit_signal = SIGCHLD };
	struct clone_args unknown = { .flags = UINT64_C(1) << 50,
				      .exit_signal = SIGCHLD };
	struct clone_args huge[80] = { good };

	try("namespaces", &good, sizeof(good));
	try("a null pointer", NULL, sizeof(good));
	try("a bad pointer", (void *)16, sizeof(good));
	try("no size", &good, 0);
	try("a size too small", &good, CLONE_ARGS_SIZE_VER0 - 8);
	try("the first version's size", &good, CLONE_ARGS_SIZE_VER0);
	try("a size too large", huge, sizeof(huge));
	try("flags that exclude each other", &both, sizeof(both));
	try("a flag that is none", &unknown, sizeof(unknown));
	return 0;
}
