#define _GNU_SOURCE
#include "CPosix.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

// Between fork and exec only what is safe in a signal handler.

static int above_standard(int descriptor) {
  return descriptor < 0 ? descriptor : fcntl(descriptor, F_DUPFD_CLOEXEC, 10);
}

static void reset_signals(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

// Really closed, not at exec: a child that waits at its gate must not itself hold the other end of it.
static void close_from(int first) {
  if (close_range(first, ~0U, 0) == 0) return;
  for (int descriptor = first; descriptor < 4096; descriptor++) close(descriptor);
}

static int wait_at(int gate) {
  char byte;
  ssize_t count;
  do { count = read(gate, &byte, 1); } while (count < 0 && errno == EINTR);
  return count == 1;
}

// Returns only where the program cannot be started. One that was written just now may still be open for writing in a process that its
// writer forked at that instant: that passes, so it is tried for two seconds.
static void begin(const struct cposix_child *child) {
  for (int attempt = 0; attempt < 200; attempt++) {
    execve(child->path, child->arguments, child->environment);
    if (errno != ETXTBSY) return;
    struct timespec moment = {.tv_sec = 0, .tv_nsec = 10 * 1000 * 1000};
    nanosleep(&moment, NULL);  // poll: the kernel does not tell when a file is no longer written to
    errno = ETXTBSY;
  }
}

// In the vfork's child it runs on the stack of our thread, and so must stay a frame of its own.
__attribute__((noinline, noreturn)) static void become(const struct cposix_child *child, int failure) {
  int input = above_standard(child->input), output = above_standard(child->output);
  int error = above_standard(child->error), kept = above_standard(child->kept);
  int gate = above_standard(child->gate), report = above_standard(failure);
  if (child->new_session) setsid(); else setpgid(0, 0);
  reset_signals();
  if (dup3(report, 5, O_CLOEXEC) < 0) _exit(127);
  if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(error, 2) < 0) goto failed;
  if (kept >= 0) { if (dup2(kept, 3) < 0) goto failed; } else close(3);
  if (gate >= 0) { if (dup3(gate, 4, O_CLOEXEC) < 0) goto failed; } else close(4);
  close_from(6);
  if (child->directory && chdir(child->directory) != 0) goto failed;
  if (gate >= 0 && !wait_at(4)) _exit(127);
  begin(child);
failed:;
  int code = errno;
  ssize_t written = write(5, &code, sizeof code);
  (void)written;
  _exit(127);
}

// A fork copies the tables of all our memory: milliseconds, in a controller that knows many pipelines. So what begins at once shares our
// memory until then (`become` never returns); what waits at a gate must not hold us up, and only supervisors have such children.
pid_t cposix_spawn(const struct cposix_child *child, int *failure) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t pid = child->gate < 0 ? vfork() : fork();
  if (pid == 0) become(child, ends[1]);
  int code = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    errno = code;
    return -1;
  }
  if (!child->new_session) setpgid(pid, pid);
  *failure = ends[0];
  return pid;
}

int cposix_pipe(int descriptors[2]) { return pipe2(descriptors, O_CLOEXEC); }

void cposix_grow_pipe(int descriptor, int bytes) { fcntl(descriptor, F_SETPIPE_SZ, bytes); }

static struct flock whole_file(void) {
  struct flock lock;
  memset(&lock, 0, sizeof lock);
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

int cposix_take_lock(int descriptor) {
  struct flock lock = whole_file();
  if (fcntl(descriptor, F_OFD_SETLK, &lock) == 0) return 1;
  return errno == EAGAIN || errno == EACCES ? 0 : -1;
}

void cposix_release_lock(int descriptor) {
  struct flock lock = whole_file();
  lock.l_type = F_UNLCK;
  fcntl(descriptor, F_OFD_SETLK, &lock);
}

int cposix_is_locked(int descriptor) {
  struct flock lock = whole_file();
  if (fcntl(descriptor, F_OFD_GETLK, &lock) != 0) return -1;
  return lock.l_type == F_UNLCK ? 0 : 1;
}

int cposix_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

static int signal_pipes[NSIG];

static void tell(int signal) {
  int before = errno;
  unsigned char byte = (unsigned char)signal;
  ssize_t written = write(signal_pipes[signal], &byte, 1);
  (void)written;
  errno = before;
}

int cposix_watch_signal(int signal, int pipe) {
  // A full pipe tells enough: the handler must not wait.
  if (fcntl(pipe, F_SETFL, O_NONBLOCK) != 0) return -1;
  signal_pipes[signal] = pipe;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = tell;
  action.sa_flags = SA_RESTART | SA_NOCLDSTOP;
  return sigaction(signal, &action, NULL);
}

void *cposix_last_byte(const void *start, int byte, size_t count) { return (void *)memrchr(start, byte, count); }

void cposix_return_memory(void) { malloc_trim(0); }

void cposix_use_one_heap(void) { mallopt(M_ARENA_MAX, 1); }

// A thread's heap is at most 64 MiB, and glibc lets it grow page by page, a call of the kernel for each: so it is made that large at once.
void cposix_grow_in_large_steps(void) { mallopt(M_TOP_PAD, 64 << 20); }

int cposix_reserve(int descriptor, off_t bytes) { return fallocate(descriptor, 0, 0, bytes); }

long cposix_file_system(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (long)status.f_type : -1;
}

int cposix_synchronize_disk(int descriptor) { return syncfs(descriptor); }
