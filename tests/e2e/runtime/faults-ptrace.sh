#!/bin/bash
# The same starts, with every failing call seen by ptrace: as good as with the second eye.
EYE=ptrace
. "${0%/*}/faults.sh"
