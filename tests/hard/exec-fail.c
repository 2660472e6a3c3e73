/* SPDX-License-Identifier: MIT */
/* execs that fail, in the leader and in a thread: what follows must not get out of step.
 */
#include "hard.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#define HUGE (8 << 20) /* above what the kernel takes for argv */

static void try(const char *path, char *const argv[])
{
	char *const none[] = { NULL };

	tell(path ? path : "no path", "gives", result_of(execve(path, argv, none)));
	tell("the call after it", "gives", result_of(prctl(PR_SET_NAME, "next")));
}

static void *try_all(void *unused)
{
	char *const argv[] = { (char *)"x", NULL };
	char *huge = malloc(HUGE);
	char *const long_argv[] = { (char *)"x", huge, NULL };
	char *const *volatile bad_argv = (char *const *)8;

	(void)unused;
	memset(huge, 'x', HUGE - 1);
	huge[HUGE - 1] = '\0';
	try("no-such-file", argv);
	try("not-executable", argv);
	try("no-program", argv);
	try("no-program/below", argv);
	try("no-interpreter", argv);
	try("loop", argv);
	try("/bin/true", long_argv);
	try(NULL, argv);
	try("/bin/true", bad_argv);
	tell("execveat of a bad descriptor", "gives",
	     result_of(syscall(SYS_execveat, 99, "", argv, argv, AT_EMPTY_PATH)));
	free(huge);
	return NULL;
}

int main(void)
{
	char dir[] = "/tmp/cttrace-hard.XXXXXX";
	pthread_t thread;
	int script;

	if (!mkdtemp(dir))
		return 1;
	MUST(chdir(dir));
	close((int)MUST(open("not-executable", O_CREAT | O_WRONLY, 0600)));
	close((int)MUST(open("no-program", O_CREAT | O_WRONLY, 0700)));
	script = (int)MUST(open("no-interpreter", O_CREAT | O_WRONLY, 0700));
	MUST(write(script, "#!/no/such/shell\n", 17));
	close(script);
	MUST(symlink("loop", "loop"));
	try_all(NULL);
	pthread_create(&thread, NULL, try_all, NULL);
	pthread_join(thread, NULL);
	unlink("loop");
	unlink("no-interpreter");
	unlink("no-program");
	unlink("not-executable");
	rmdir(dir);
	return 0;
}
