// A target that looks at every line and keeps none: it counts records, and prints each state.
//
// With BENCH_DISCARD it looks at nothing. BENCH_PAUSE is how many microseconds it rests after every thousandth line. At the end of its input it writes into the file
// BENCH_PEAK the most memory that the process that started it has had, in kilobytes.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The keys may stand in any order, so the whole line is searched, as `grep` would.
static void look(const char *line, size_t count, long *records) {
  static const char state[] = "\"type\": \"STATE\", \"value\": ";
  const char *found = memmem(line, count, state, sizeof state - 1);
  if (!found) {
    ++*records;
  } else {
    const char *value = found + sizeof state - 1;
    fwrite(value, 1, (size_t)(line + count - value) - 2, stdout);
    fputc('\n', stdout);
    fflush(stdout);
  }
}

static void write_peak_of_parent(const char *path) {
  char name[64], line[256];
  snprintf(name, sizeof name, "/proc/%d/status", (int)getppid());
  FILE *status = fopen(name, "r"), *file = fopen(path, "w");
  while (status && file && fgets(line, sizeof line, status)) {
    if (strncmp(line, "VmHWM:", 6) == 0) fprintf(file, "%ld\n", atol(line + 6));
  }
  if (file) fclose(file);
}

static void discard(void) {
  static char buffer[128 * 1024];
  while (read(STDIN_FILENO, buffer, sizeof buffer) > 0) {}
}

int main(void) {
  if (getenv("BENCH_DISCARD")) discard();
  const char *pause = getenv("BENCH_PAUSE"), *peak = getenv("BENCH_PEAK");
  useconds_t rest = pause ? (useconds_t)atol(pause) : 0;
  char *line = NULL;
  size_t capacity = 0;
  long lines = 0, records = 0;
  for (ssize_t count; (count = getline(&line, &capacity, stdin)) > 0;) {
    look(line, (size_t)count, &records);
    if (++lines % 1000 == 0 && rest) usleep(rest);
  }
  if (peak) write_peak_of_parent(peak);
  fprintf(stderr, "%ld lines, %ld records\n", lines, records);
  return 0;
}
