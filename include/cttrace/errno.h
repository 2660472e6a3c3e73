/* SPDX-License-Identifier: MIT */
/* Names of error numbers. */
#ifndef CTTRACE_ERRNO_H
#define CTTRACE_ERRNO_H

/* "EPERM" for 1; "?" for a number that no Linux error has. Never NULL. */
const char *ct_errno_name(int error);

#endif
