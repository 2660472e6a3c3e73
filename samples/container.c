/* SPDX-License-Identifier: MIT */
/* container [COMMAND…]: a whole container runtime; its eight steps are in container/. */
#include "container.h"

int main(int argc, char **argv)
{
	return ct_demo_main(argc, argv);
}
