# Compares the mount table of a report with the text of a /proc/self/mountinfo ($text), entry
# by entry: what is only in one of them comes out. See proc(5) for the columns.
def words: split(",") | sort;
def unescape: gsub("\\\\040"; " ") | gsub("\\\\011"; "\t") | gsub("\\\\134"; "\\");
def propagation: . as $fields | if any(. == "unbindable") then "unbindable"
  else [(if any($fields[]; startswith("master:")) then "slave" else empty end),
        (if any($fields[]; startswith("shared:")) then "shared" else empty end)]
       | if length == 0 then "private" else join(",") end end;
# Where in a cgroup hierarchy a mount begins depends on the reader's cgroup namespace.
def compared: if .type | startswith("cgroup") then del(.root) else . end;
def kernel: split("\n")[] | select(length > 0) | split(" ") | index("-") as $dash
  | {target: (.[4] | unescape), root: (.[3] | unescape), flags: (.[5] | words),
     propagation: (.[6:$dash] | propagation), type: .[$dash + 1],
     source: (.[$dash + 2] | unescape)};
def replay: .containers[0].mount_table.mounts[]
  | {target, root, flags: (.flags | words), propagation, type, source: (.source // "")};
def count_each: group_by(.) | map({(.[0] | tojson): length}) | add // {};
([$text | kernel | compared] | count_each) as $kernel
| ([replay | compared] | count_each) as $replay
| ($kernel | to_entries[] | select($replay[.key] != .value) | "only the kernel has \(.key)"),
  ($replay | to_entries[] | select($kernel[.key] != .value) | "only the replay has \(.key)")
