/* SPDX-License-Identifier: MIT */
/*
 * A unit test is one TEST(name) { … } anywhere in tests/unit/<library>/. Each runs in a
 * process of its own, with a time-out and a check that it leaves no descriptor open.
 */
#ifndef CTTRACE_TESTS_TEST_H
#define CTTRACE_TESTS_TEST_H

#include <stdint.h>
#include <string.h>

struct test {
	const char *name;
	const char *file;
	void (*run)(void);
	struct test *next;
};

void test_register(struct test *test);
void test_fail(const char *file, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4), noreturn));
void test_check_str(const char *file, int line, const char *got, const char *want);
void test_check_int(const char *file, int line, int64_t got, int64_t want, const char *what);

#define TEST(test_name)                                                                  \
	static void test_name(void);                                                     \
	__attribute__((constructor)) static void test_name##_register(void)              \
	{                                                                                \
		static struct test t = { #test_name, __FILE__, test_name, NULL };        \
		test_register(&t);                                                       \
	}                                                                                \
	static void test_name(void)

#define CHECK(cond)                                                                      \
	do {                                                                             \
		if (!(cond))                                                             \
			test_fail(__FILE__, __LINE__, "not true: %s", #cond);            \
	} while (0)
#define CHECK_STR(got, want) test_check_str(__FILE__, __LINE__, (got), (want))
#define CHECK_INT(got, want)                                                             \
	test_check_int(__FILE__, __LINE__, (int64_t)(got), (int64_t)(want), #got)

#endif
