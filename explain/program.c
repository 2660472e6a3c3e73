/* SPDX-License-Identifier: MIT */
/* Why a file cannot be executed, from what it is. */
#include "program.h"

#include <elf.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

struct looked {
	const struct ct_program *program;
	const struct subject *subject;
	const char *reason, *remedy; /* NULL until found */
};

static const struct {
	unsigned int number;
	const char *name;
} machines[] = {
	{ EM_X86_64, "x86_64" }, { EM_386, "i386" },    { EM_AARCH64, "aarch64" },
	{ EM_ARM, "arm" },       { EM_RISCV, "riscv" }, { EM_PPC64, "ppc64" },
	{ EM_S390, "s390x" },    { EM_MIPS, "mips" },   { EM_LOONGARCH, "loongarch64" },
};

static bool is_elf(const struct ct_program *p)
{
	return p->n_head >= sizeof(Elf32_Ehdr) && !memcmp(p->head, ELFMAG, SELFMAG);
}

static bool is_script(const struct ct_program *p)
{
	return p->n_head > 2 && p->head[0] == '#' && p->head[1] == '!';
}

static const char *machine_of(const struct ct_program *p)
{
	unsigned int number =
		(unsigned char)p->head[offsetof(Elf64_Ehdr, e_machine)] |
		(unsigned int)(unsigned char)p->head[offsetof(Elf64_Ehdr, e_machine) + 1]
			<< 8;

	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++)
		if (machines[i].number == number)
			return machines[i].name;
	return "another architecture";
}

/* -------- the rows: each fills reason and remedy if it applies -------- */

static void no_file(struct looked *l)
{
	if (l->program->error != ENOENT)
		return;
	l->reason = "there is no such file in the container";
	l->remedy = "check process.args (the command) and the image; the path is the "
		    "container's";
}

static void not_reachable(struct looked *l)
{
	if (!l->program->error)
		return;
	l->reason = ct_arena_printf(
		&l->subject->diagnosis->arena, "the file cannot be reached: %s",
		strerrordesc_np(l->program->error) ? strerrordesc_np(l->program->error)
						   : "unknown error");
	l->remedy = "look at every directory of the path";
}

static void not_a_file(struct looked *l)
{
	if (S_ISREG(l->program->mode))
		return;
	l->reason = S_ISDIR(l->program->mode) ? "it is a directory"
					      : "it is not a regular file";
	l->remedy = "name a program";
}

static void interpreter_missing(struct looked *l)
{
	const struct ct_program *p = l->program;
	struct ct_arena *arena = &l->subject->diagnosis->arena;
	size_t len = p->interpreter ? strlen(p->interpreter) : 0;

	if (!len || !p->interpreter_error)
		return;
	if (is_elf(p)) {
		l->reason = ct_arena_printf(
			arena,
			"the file exists, but its dynamic loader (PT_INTERP) %s "
			"does not exist in the container",
			p->interpreter);
		l->remedy = "use an image with that C library (glibc and musl differ), "
			    "or link "
			    "the program statically";
	} else if (p->interpreter[len - 1] == '\r') {
		l->reason = ct_arena_printf(
			arena,
			"the file exists; its first line asks for \"%.*s\" with a "
			"carriage return (CR) at the end: it has the line ends of "
			"Windows, and no program has such a name",
			(int)len - 1, p->interpreter);
		l->remedy = "dos2unix FILE, or sed -i 's/\\r$//' FILE; git: "
			    "core.autocrlf=input";
	} else {
		l->reason = ct_arena_printf(
			arena,
			"the file exists, but the interpreter in its first line, "
			"%s, does not exist in the container",
			p->interpreter);
		l->remedy =
			"install the interpreter in the image, or correct the first line";
	}
}

static void noexec(struct looked *l)
{
	if (!l->program->noexec)
		return;
	l->reason = "its file system is mounted noexec";
	l->remedy = "mount it without noexec (:exec for a volume), or put the program "
		    "elsewhere";
}

static void no_x_bit(struct looked *l)
{
	if (l->program->mode & 0111)
		return;
	l->reason = ct_arena_printf(&l->subject->diagnosis->arena,
				    "its mode is %04o: nobody may execute it",
				    l->program->mode & 07777);
	l->remedy = "chmod +x FILE in the image";
}

static void empty(struct looked *l)
{
	if (l->program->size || l->program->n_head)
		return;
	l->reason = "the file is empty";
	l->remedy = "look at how the image is built: the file was not copied whole";
}

static void other_machine(struct looked *l)
{
	const struct ct_trace_header *header = l->subject->model->header;
	const char *machine;

	if (!is_elf(l->program))
		return;
	machine = machine_of(l->program);
	if (!header || !header->arch || !strcmp(machine, header->arch))
		return;
	l->reason = ct_arena_printf(&l->subject->diagnosis->arena,
				    "the program is built for %s, and this machine is %s",
				    machine, header->arch);
	l->remedy = "use an image of this architecture (--platform), or install "
		    "qemu-user-static";
}

static void no_shebang(struct looked *l)
{
	if (is_elf(l->program) || is_script(l->program) || !l->program->n_head)
		return;
	l->reason = "the file is neither an ELF program nor does it begin with #!";
	l->remedy = "put #!/bin/sh (or its interpreter) in its first line";
}

static void (*const rows[])(struct looked *l) = {
	no_file,  not_reachable, not_a_file,    interpreter_missing, noexec,
	no_x_bit, empty,         other_machine, no_shebang,
};

static struct looked look(const struct subject *s)
{
	struct looked l = { .subject = s,
			    .program = s->event ? s->event->program : NULL };

	if (!subject_call(s) || !l.program)
		return l;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows) && !l.reason; i++)
		rows[i](&l);
	return l;
}

const char *program_reason(const struct subject *s)
{
	return look(s).reason;
}

const char *program_remedy(const struct subject *s)
{
	return look(s).remedy;
}
