/* SPDX-License-Identifier: MIT */
/* Maps of the kernel, those that the tracer reads and writes mapped into its memory. */
#include "shared.h"

#include "bpf.h"
#include "frame.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#define TASKS_MAX 32768

static size_t rows_size(void)
{
	return CT_WATCH_PLANS * sizeof(struct ct_watch_plan);
}

/* An array that the tracer and the program share. */
static int shared_array(int *fd, void **memory, uint32_t value, uint32_t entries)
{
	struct ct_bpf_map map = { BPF_MAP_TYPE_ARRAY, 4, value, entries, BPF_F_MMAPABLE };

	*fd = ct_bpf_map_new(&map);
	if (*fd < 0)
		return *fd;
	*memory = mmap(NULL, (size_t)value * entries, PROT_READ | PROT_WRITE, MAP_SHARED,
		       *fd, 0);
	if (*memory != MAP_FAILED)
		return 0;
	*memory = NULL;
	return -errno;
}

int ct_shared_open(struct ct_shared *shared, size_t ring_bytes)
{
	struct ct_program_maps *maps = &shared->maps;
	struct ct_bpf_map tasks = { BPF_MAP_TYPE_HASH, 4, sizeof(struct ct_watched),
				    TASKS_MAX, BPF_F_NO_PREALLOC };
	struct ct_bpf_map scratch = { BPF_MAP_TYPE_PERCPU_ARRAY, 4, CT_SCRATCH_SIZE, 1,
				      0 };
	struct ct_bpf_map ring = { BPF_MAP_TYPE_RINGBUF, 0, 0, (uint32_t)ring_bytes, 0 };
	void *rows = NULL, *lost = NULL;
	int r;

	*shared = (struct ct_shared){ .maps = { -1, -1, -1, -1, -1, 0 } };
	maps->tasks = ct_bpf_map_new(&tasks);
	if (maps->tasks < 0)
		return maps->tasks;
	maps->scratch = ct_bpf_map_new(&scratch);
	if (maps->scratch < 0)
		return maps->scratch;
	r = shared_array(&maps->plans, &rows, sizeof(struct ct_watch_plan),
			 CT_WATCH_PLANS);
	shared->rows = rows;
	if (r)
		return r;
	r = shared_array(&maps->lost, &lost, sizeof(uint64_t), 1);
	shared->lost = lost;
	if (r)
		return r;
	maps->ring = ct_bpf_map_new(&ring);
	maps->ring_half = (int32_t)(ring_bytes / 2);
	if (maps->ring < 0)
		return maps->ring;
	return ct_ring_map(&shared->ring, maps->ring, ring_bytes);
}

static void close_if_open(int fd)
{
	if (fd >= 0)
		close(fd);
}

void ct_shared_close(struct ct_shared *shared)
{
	ct_ring_unmap(&shared->ring);
	if (shared->rows)
		munmap(shared->rows, rows_size());
	if (shared->lost)
		munmap((void *)(uintptr_t)shared->lost, sizeof(*shared->lost));
	close_if_open(shared->maps.tasks);
	close_if_open(shared->maps.plans);
	close_if_open(shared->maps.scratch);
	close_if_open(shared->maps.ring);
	close_if_open(shared->maps.lost);
}
