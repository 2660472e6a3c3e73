/* SPDX-License-Identifier: MIT */
/* Compares what a script means with what it should. */
#ifndef CTTRACE_TESTS_MODEL_EXPECT_H
#define CTTRACE_TESTS_MODEL_EXPECT_H

/* Processes and containers, as describe() prints them. */
void expect_containers(const char *script, const char *want);
void expect_phases(const char *script, const char *want);
void expect_findings(const char *script, const char *want);

#endif
