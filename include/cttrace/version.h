/* SPDX-License-Identifier: MIT */
/* Which cttrace this is. */
#ifndef CTTRACE_VERSION_H
#define CTTRACE_VERSION_H

const char *ct_version(void); /* "0.1.0" */

#endif
