/* SPDX-License-Identifier: MIT */
/* Which files of its image a container changes: copy on write, by the calls. */
#ifndef CTTRACE_MODEL_CHANGED_FILES_H
#define CTTRACE_MODEL_CHANGED_FILES_H

#include "state.h"

void changed_files_event(const struct feed *f);
/* A payload begins: what others have changed in its root file system is its container's.
 */
void changed_files_adopt(struct model *m, int task, int site);

#endif
