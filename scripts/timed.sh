#!/usr/bin/env bash
# Runs a command under a heading, then prints how long it took; its exit status is the command's.
#
# usage: scripts/timed.sh HEADING COMMAND [ARGUMENT]...
heading=$1
shift
echo "==> $heading" >&2
status=0
"$@" || status=$?
if [[ $status -eq 0 ]]; then
  echo "==> $heading: $SECONDS s" >&2
else
  echo "==> $heading: FAILED with status $status after $SECONDS s" >&2
fi
exit "$status"
