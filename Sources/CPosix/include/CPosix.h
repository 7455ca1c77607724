#ifndef CPOSIX_H
#define CPOSIX_H
// What glibc offers only behind _GNU_SOURCE, or only as variadics or macros, and Swift therefore cannot import.

#include <stddef.h>
#include <sys/types.h>

/// What a new process is to be. Descriptors are those of the caller; the child has 0, 1, 2, and 3 where `kept` is given, and no other.
struct cposix_child {
  const char *_Nonnull path;
  char *const _Nullable *_Nonnull arguments;
  char *const _Nullable *_Nonnull environment;
  /// Where it runs; NULL leaves it where the caller is.
  const char *_Nullable directory;
  int input;
  int output;
  int error;
  /// Becomes descriptor 3; -1 for none.
  int kept;
  /// The program begins when a byte can be read here, and never if the other end is closed without one; -1 for at once.
  int gate;
  /// A session of its own instead of a process group of its own.
  int new_session;
};

/// Makes a process that waits at its gate, where it has one, and then becomes the program, with every signal at its default and none blocked.
/// `failure` becomes the end of a pipe that gives an errno where the program could not be started, and ends without one otherwise.
/// Returns the pid, or -1 with errno.
pid_t cposix_spawn(const struct cposix_child *_Nonnull child, int *_Nonnull failure);

/// Both ends close on exec. Returns 0, or -1 with errno.
int cposix_pipe(int descriptors[_Nonnull 2]);

/// Asks for a pipe of that many bytes; what the system refuses stays as it was.
void cposix_grow_pipe(int descriptor, int bytes);

/// Takes the lock of an open file description: it ends when the last copy of the descriptor is closed, in any process.
/// Returns 1 when taken, 0 when somebody else has it, -1 with errno.
int cposix_take_lock(int descriptor);

/// Gives the lock back, whoever still has a copy of the descriptor: a child between its fork and its exec has one of every descriptor.
void cposix_release_lock(int descriptor);

/// Whether somebody holds that lock, found without taking it. Returns 1 or 0, -1 with errno.
int cposix_is_locked(int descriptor);

/// Makes orphaned descendants the caller's children. Returns 0, or -1 with errno.
int cposix_adopt_orphans(void);

/// Writes a signal's number, one byte, into a pipe whenever it arrives at the process. Returns 0, or -1 with errno.
int cposix_watch_signal(int signal, int pipe);

/// The last byte of that value, or NULL.
void *_Nullable cposix_last_byte(const void *_Nonnull start, int byte, size_t count);

/// Makes durable everything on the file system that a descriptor is on. Returns 0, or -1 with errno.
int cposix_synchronize_disk(int descriptor);

/// What kind of file system a path is on, as statfs tells it. Returns -1 with errno.
long cposix_file_system(const char *_Nonnull path);

/// Gives memory that nothing needs any more back to the system.
void cposix_return_memory(void);

/// All threads share one heap from now on, so that memory which one of them let go of serves the others; for a process of one thread.
void cposix_use_one_heap(void);

/// Lets every heap grow in large steps. Address space is asked for sooner, memory is not.
void cposix_grow_in_large_steps(void);

/// Reserves space for a file. Returns 0, or -1 with errno.
int cposix_reserve(int descriptor, off_t bytes);

#endif
