/* SPDX-License-Identifier: MIT */
/* The magic links of /proc: names that stand for something that is already open. */
#ifndef CTTRACE_RECORD_MAGIC_H
#define CTTRACE_RECORD_MAGIC_H

#include <stddef.h>

/*
 * How many of the len bytes of a path name a magic link: /proc/<who>/fd/<n>, …/ns/<type>,
 * …/exe, …/cwd, …/root, where <who> is self, thread-self or a number, with /task/<n>
 * after it or not. 0: the path does not begin with one. The tracer follows these at the
 * stop (CT_BLOB_TARGET), the decoder puts the target in their place.
 */
size_t ct_magic_prefix(const char *path, size_t len);

#endif
