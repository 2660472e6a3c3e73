/* SPDX-License-Identifier: MIT */
/* Macros for rows that take up to six of something. */
#ifndef CTTRACE_DECODE_EACH_H
#define CTTRACE_DECODE_EACH_H

/* How many arguments: 0…6. */
#define CT_COUNT(...)                          CT_COUNT_(0, ##__VA_ARGS__, 6, 5, 4, 3, 2, 1, 0)
#define CT_COUNT_(z, a, b, c, d, e, f, n, ...) n

/* CT_EACH(M, a, b): M(0, a) M(1, b). */
#define CT_EACH(m, ...)      CT_EACH_(CT_COUNT(__VA_ARGS__), m, ##__VA_ARGS__)
#define CT_EACH_(n, m, ...)  CT_EACH__(n, m, ##__VA_ARGS__)
#define CT_EACH__(n, m, ...) CT_EACH_##n(m, ##__VA_ARGS__)
#define CT_EACH_0(m)
#define CT_EACH_1(m, a)                m(0, a)
#define CT_EACH_2(m, a, b)             CT_EACH_1(m, a) m(1, b)
#define CT_EACH_3(m, a, b, c)          CT_EACH_2(m, a, b) m(2, c)
#define CT_EACH_4(m, a, b, c, d)       CT_EACH_3(m, a, b, c) m(3, d)
#define CT_EACH_5(m, a, b, c, d, e)    CT_EACH_4(m, a, b, c, d) m(4, e)
#define CT_EACH_6(m, a, b, c, d, e, f) CT_EACH_5(m, a, b, c, d, e) m(5, f)

#endif
