// The floor of compiling manifests: pulls libyaml's events over the same bytes, and does nothing with them.
//
// usage: YAMLEvents FILE-OR-FOLDER
#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yaml.h>

static long events = 0;

static void fail(const char *path, const char *why) {
  fprintf(stderr, "%s: %s\n", path, why);
  exit(1);
}

static void pull(const char *path, const unsigned char *bytes, size_t count) {
  yaml_parser_t parser;
  yaml_event_t event;
  int ended = 0;
  if (!yaml_parser_initialize(&parser)) fail(path, "no parser");
  yaml_parser_set_input_string(&parser, bytes, count);
  while (!ended) {
    if (!yaml_parser_parse(&parser, &event)) fail(path, parser.problem);
    ended = event.type == YAML_STREAM_END_EVENT;
    events++;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
}

static void read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  struct stat status;
  if (!file || fstat(fileno(file), &status) != 0) fail(path, "cannot be opened");
  unsigned char *bytes = malloc((size_t)status.st_size + 1);
  size_t count = fread(bytes, 1, (size_t)status.st_size, file);
  fclose(file);
  pull(path, bytes, count);
  free(bytes);
}

static void read_folder(const char *path) {
  struct dirent **names;
  char file[4096];
  int count = scandir(path, &names, NULL, alphasort);
  if (count < 0) fail(path, "cannot be listed");
  for (int i = 0; i < count; i++) {
    if (names[i]->d_name[0] != '.') {
      snprintf(file, sizeof file, "%s/%s", path, names[i]->d_name);
      read_file(file);
    }
    free(names[i]);
  }
  free(names);
}

int main(int argc, char **argv) {
  struct stat status;
  if (argc != 2 || stat(argv[1], &status) != 0) fail("YAMLEvents", "give a file or a folder");
  if (S_ISDIR(status.st_mode)) read_folder(argv[1]);
  else read_file(argv[1]);
  printf("%ld\n", events);
  return 0;
}
