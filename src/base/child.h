/* Another program, run to its end in a process of its own. */
#pragma once

#include <stdio.h>

enum { CHILD_FAILED = -1 };

/* Runs the program at `path` with `arguments` (ended by NULL), standard input from `in`, standard output into `out` (NULL: nowhere), and kills it after `seconds`. Its exit
 * code; CHILD_FAILED where it did not start, was killed or took too long. Files without a name serve best: nothing is written into a pipe that a dead child no longer
 * reads. */
int child_run(const char *path, char *const arguments[], FILE *in, FILE *out, int seconds);
