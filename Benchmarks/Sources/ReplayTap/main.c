// A tap that writes a recording, as `cat` would; without one it does nothing.
//
// It looks at no argument but --discover. The recording is named by BENCH_RECORDING.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STREAM(name) \
  "{\"tap_stream_id\": \"" name "\", \"stream\": \"" name "\", \"schema\": {\"type\": \"object\", \"properties\": " \
  "{\"id\": {\"type\": \"integer\"}, \"email\": {\"type\": \"string\"}, \"updated_at\": {\"type\": \"string\"}}}, " \
  "\"metadata\": [{\"breadcrumb\": [], \"metadata\": {\"inclusion\": \"available\", \"selected\": true}}]}"

static const char catalog[] =
  "{\"streams\": [" STREAM("orders") ", " STREAM("public-orders") ", " STREAM("public-customers") "]}\n";

static void copy(const char *path) {
  static char buffer[128 * 1024];
  int file = open(path, O_RDONLY);
  if (file < 0) exit(1);
  for (ssize_t count; (count = read(file, buffer, sizeof buffer)) > 0;) {
    for (ssize_t done = 0; done < count;) {
      ssize_t written = write(STDOUT_FILENO, buffer + done, (size_t)(count - done));
      if (written < 0) exit(1);
      done += written;
    }
  }
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--discover") == 0) return fputs(catalog, stdout) < 0;
  }
  const char *recording = getenv("BENCH_RECORDING");
  if (recording) copy(recording);
  return 0;
}
