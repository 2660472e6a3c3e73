/* SPDX-License-Identifier: MIT */
/*
 * A key of a JSON object is a member of a struct: one row says which, and the same row
 * writes and reads it. A new key is a new row; a new kind of value is a struct
 * ct_json_type.
 *
 * What is not known is left out of the JSON, so every row has a value that stands for
 * "nothing to say", and reading a missing key stores just that value.
 */
#ifndef CTTRACE_LIB_JSON_FIELD_H
#define CTTRACE_LIB_JSON_FIELD_H

#include "cttrace/arena.h"
#include "cttrace/error.h"
#include "json_node.h"
#include "json_out.h"
#include "string_cache.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ct_json_field;
struct ct_json_reader;

/* The fields of a struct. */
struct ct_json_shape {
	size_t size; /* of the struct */
	const struct ct_json_field *fields;
	size_t n_fields;
	/* After reading: checks and completes what no row can by itself; may be NULL. */
	int (*settle)(struct ct_json_reader *reader, void *object);
};

/* Reading: where strings go, and whose fault it is. */
struct ct_json_reader {
	struct ct_arena *arena;
	struct ct_string_cache *strings; /* of the arena */
	struct ct_strbuf scratch;
	struct ct_error *err;
	const char *name; /* of the file, for messages */
	size_t line;
	int depth; /* how many lists of objects we are in */
};

#define CT_JSON_DEPTH 16

struct ct_json_type {
	/* Key and value; nothing when there is nothing to say. */
	void (*write)(struct ct_json_out *out, const struct ct_json_field *field,
		      const void *object);
	/* Stores the value; a NULL value stores what a missing key means. */
	int (*read)(struct ct_json_reader *reader, const struct ct_json_field *field,
		    const struct ct_json_node *value, void *object);
	bool zero; /* what a missing key means is all zeros, if the row's `absent` is */
};

struct ct_json_field {
	const char *key;
	const struct ct_json_type *type;
	size_t offset, size; /* of the member */
	size_t count;        /* lists, bytes: offset of the size_t with their length */
	bool required;       /* always written; a reader insists on it */
	int64_t min, max;    /* numbers */
	int64_t absent;      /* numbers: the value that is left out */
	const char *(*name_of)(int value); /* enumerations: names of the values 0…max */
	const struct ct_json_shape *shape; /* objects, lists of objects */
	/*
	 * The key is there if and only if the bits `mask` of the unsigned int at `offset`
	 * have the value `value`: how JSON's presence stands for a tag or a flag in C.
	 */
	struct {
		size_t offset;
		unsigned int mask, value;
	} when;
};

#define CT_JSON_MEMBER(s, member) \
	.offset = offsetof(s, member), .size = sizeof(__typeof__(((s *)NULL)->member))
#define CT_JSON_SHAPE(s, rows) \
	.size = sizeof(s), .fields = (rows), .n_fields = sizeof(rows) / sizeof((rows)[0])

extern const struct ct_json_type ct_json_int;  /* int16_t, (u)int32_t, (u)int64_t */
extern const struct ct_json_type ct_json_hex;  /* uint64_t, int64_t: "0x1f" */
extern const struct ct_json_type ct_json_flag; /* bool: true, or left out */
extern const struct ct_json_type ct_json_enum; /* its name */
extern const struct ct_json_type ct_json_text; /* const char *: escaped; missing: "" */
extern const struct ct_json_type ct_json_maybe_text;   /* the same; missing: NULL */
extern const struct ct_json_type ct_json_bytes;        /* const char * and count */
extern const struct ct_json_type ct_json_numbers;      /* uint32_t[n] in the struct */
extern const struct ct_json_type ct_json_int_list;     /* int32_t * and count */
extern const struct ct_json_type ct_json_text_list;    /* const char ** and count */
extern const struct ct_json_type ct_json_list;         /* struct * and count */
extern const struct ct_json_type ct_json_object;       /* struct in the struct */
extern const struct ct_json_type ct_json_maybe_object; /* struct *; missing: NULL */

/* Writes the fields' keys into the map that is open. */
void ct_json_write(struct ct_json_out *out, const struct ct_json_shape *shape,
		   const void *object);
/*
 * Fills the object, which is zeroed, from the keys; a NULL `in` stores what missing keys
 * mean. Everything that is stored is owned by the reader's arena.
 */
int ct_json_read(struct ct_json_reader *reader, const struct ct_json_shape *shape,
		 const struct ct_json_node *in, void *object);

/*
 * The same for objects that share one map: its keys are theirs in turn, as they are
 * written. No key is in two of the shapes.
 */
struct ct_json_part {
	const struct ct_json_shape *shape;
	void *object;
};
int ct_json_read_parts(struct ct_json_reader *reader, const struct ct_json_part *parts,
		       size_t n, const struct ct_json_node *in);

/* -------- for the types -------- */

/* "FILE: line N: …" into the reader's error; returns -EINVAL. */
int ct_json_complain(struct ct_json_reader *reader, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The bytes of a string, with a NUL after them. NULL: a bad escape. */
const char *ct_json_unescaped(struct ct_json_reader *reader,
			      const struct ct_json_node *string, size_t *len);

static inline const void *ct_json_at(const struct ct_json_field *field,
				     const void *object)
{
	return (const char *)object + field->offset;
}

static inline void *ct_json_place(const struct ct_json_field *field, void *object)
{
	return (char *)object + field->offset;
}

/* What cannot be must not make a whole trace unreadable. */
static inline int64_t ct_json_clamp(const struct ct_json_field *field, int64_t value)
{
	if (value < field->min)
		return field->min;
	return value > field->max ? field->max : value;
}

/* Is the key written even if its value is the one that a missing key means? */
static inline bool ct_json_always(const struct ct_json_field *field)
{
	return field->required || field->when.mask;
}

#endif
