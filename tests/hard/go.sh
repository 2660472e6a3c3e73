#!/bin/bash
# A static Go program with busy goroutines: the runtime's SIGURG preempts them all the time.
. "${0%/*}/../e2e/lib.sh"
. "${0%/*}/hard.sh"
command -v go >/dev/null || cannot "there is no Go compiler"
need jq

cat >"$TMP/busy.go" <<'EOF'
package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync"
)

func main() {
	var all sync.WaitGroup
	garbage := make([][]byte, 64)
	for g := 0; g < 4; g++ {
		all.Add(1)
		go func(g int) {
			defer all.Done()
			sum := 0
			for i := 0; i < 60000000; i++ {
				sum += i ^ g
			}
			garbage[g] = make([]byte, sum&1+1)
		}(g)
	}
	for i := 0; i < 30; i++ {
		garbage[i] = make([]byte, 1<<20)
		runtime.GC()
		if err := exec.Command("/bin/true").Run(); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
	all.Wait()
	fmt.Println("done")
	os.Exit(3)
}
EOF
(cd "$TMP" && HOME=$TMP GO111MODULE=off CGO_ENABLED=0 go build -o busy busy.go) >"$TMP/build" 2>&1 ||
  cannot "Go builds nothing here: $(tail -n 1 "$TMP/build")"
for depth in key auto full; do
  status=0
  run_bounded "$CTTRACE" -q --wait-all --depth $depth -o "$TMP/trace" -- "$TMP/busy" >"$TMP/out" 2>&1 || status=$?
  assert_eq "$depth: it ends as ever" "$status $(cat "$TMP/out")" "3 done"
  assert "$depth: thirty programs ran" jq -se '[.[] | select(.ev == "exec" and .path == "/bin/true")]
    | length == 30' "$TMP/trace"
done
finish
