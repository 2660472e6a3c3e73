# What samples/api/start-summary prints, made of the JSON report instead.
def us: . / 1000 | floor;
(.command | join(" ")),
"\(.duration_ns | us) us, \(if .exit.signal then "ended by " + .exit.signal
                           else "status \(.exit.status // -1)" end)",
(.processes[] |
  "process \(.pid) \(.comm // "") role \(.role) of \(.creator.pid // 0) threads \(.threads) program \(
    if .execs == [] then "-" else .execs[-1].path end)"),
(.containers[] |
  "container \(.id) init \(.init.pid // 0) by \(.runtime.name // "") mounts \(.mount_table.mounts | length)",
  (.namespaces | to_entries | sort_by(.key)[] | "  \(.key) \(.value.to // 0) \(.value.how)")),
(.phases[] |
  "phase \(.name) step \(.step // 0) from \(.start_ns | us) us busy \(.busy_ns | us) us"),
(.events[] | select(.error and (.tags | index("benign") | not)) |
  "failed \(.name) \(.error)" + ([.args[].text | " " + .] | add // "")),
(.findings[] | "\(.severity) \(.id) \(.title)")
