#include "base/child.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { LOOK_MS = 2 };

static pid_t start(const char *path, char *const arguments[], FILE *in, FILE *out)
{
	pid_t child;
	sigset_t none;
	posix_spawnattr_t attributes;
	posix_spawn_file_actions_t actions;
	sigemptyset(&none);
	posix_spawnattr_init(&attributes);
	/* the server's threads block the signals that end it: a child does not */
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fileno(in), STDIN_FILENO);
	if (out)
		posix_spawn_file_actions_adddup2(&actions, fileno(out), STDOUT_FILENO);
	else
		posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	int failed = posix_spawn(&child, path, &actions, &attributes, arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return failed ? -1 : child;
}

int child_run(const char *path, char *const arguments[], FILE *in, FILE *out, int seconds)
{
	int how = 0;
	pid_t child = start(path, arguments, in, out), ended = 0;
	if (child < 0)
		return CHILD_FAILED;
	for (int left = seconds * (1000 / LOOK_MS); left > 0 && (ended = waitpid(child, &how, WNOHANG)) == 0; left--)
		nanosleep(&(struct timespec){.tv_nsec = LOOK_MS * 1000000L}, NULL);
	if (ended == 0) {
		kill(child, SIGKILL);
		waitpid(child, &how, 0);
	}
	return ended == child && WIFEXITED(how) ? WEXITSTATUS(how) : CHILD_FAILED;
}
