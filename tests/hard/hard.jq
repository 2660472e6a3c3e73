# What NAME.expect may use: the input is the array of all lines of a trace.
def births: .[] | select(.ev == "task");
def exits: .[] | select(.ev == "exit");
def execs: .[] | select(.ev == "exec");
def signals($n): .[] | select(.ev == "signal" and .signal == $n);
def calls(name): [name] as $names | .[]
  | select(.ev == "call" and (.name as $n | $names | index($n)));
# Values of the arguments of one call.
def arg(name): [name] as $names | .args[] | select(.name as $n | $names | index($n));
def text(name): arg(name) | .text // .str // (.int | tostring);
def field(name): arg("uargs", "cl_args", "how", "attr") | .fields[] | select(.name == name);
# By tid, as the tracee said it: the task's birth, and its end.
def born($tid): births | select(.task[0] == $tid);
def ended($tid): exits | select(.task[0] == $tid);
def root: births | select(.how == "root");
def children_of($serial): births | select(.creator[1] == $serial);

# What is true of every trace that is whole. Gives complaints.
def unsound:
  (if .[0].cttrace != 1 then "no header" else empty end),
  (if .[-1].ev != "end" then "no footer" else empty end),
  ([births] as $b | if .[-1].tasks != ($b | length) then "footer counts \(.[-1].tasks) tasks" else empty end),
  (if .[-1].events != length - 2 then "footer counts \(.[-1].events) events of \(length - 2)" else empty end),
  (([births | .task[1]] | sort) as $all | births
    | if .how == "root" then empty
      elif (.creator // [0, 0])[1] as $c | $all | bsearch($c) < 0 then "task \(.task): creator \(.creator) is unknown"
      else empty end),
  (.[1:-1] | group_by(.task[1])[]
    | if .[0].ev != "task" then "task \(.[0].task) begins with \(.[0].ev)" else empty end,
      if .[-1].ev != "exit" then "task \(.[0].task) ends with \(.[-1].ev)" else empty end,
      if ([.[] | select(.ev == "task")] | length) != 1 then "task \(.[0].task) is born twice" else empty end,
      if ([.[] | select(.ev == "exit")] | length) != 1 then "task \(.[0].task) ends \(map(select(.ev == "exit")) | length) times" else empty end),
  # a call that has come back was called by somebody who could
  (.[] | select(.ev == "call" and .errno != null and .errno >= 512) | "errno \(.errno) is the kernel's own"),
  (.[] | select(.ev == "gap") | "gap: \(.text)");
