# What an assertion about a report may use. $said: what the program itself printed.
def process($pid): .processes[] | select(.pid == $pid);
# The event of a process's birth: the namespaces that a clone makes are the child's.
def born($pid): .events[] | select(.kind == "task" and .pid == $pid);
# Calls that succeeded, in the order of the trace; call(): there must be just one.
def calls(name): [name] as $names | .events[]
  | select(.error == null and (.name as $n | $names | index($n)));
def call(name): [calls(name)] | if length == 1 then .[0] else error("\(length) calls of \([name])") end;
def failed($name): .events[] | select(.name == $name and .error != null);
# An argument as text.
def text(name): [name] as $names | .args[] | select(.name as $n | $names | index($n)) | .text;
# As the report writes a string (docs/report-format.md).
def escaped: gsub("\\\\"; "\\\\");
# How an event changed a namespace; all changes of a type in the report.
def change(type): [type] as $types | .namespaces[] | select(.type as $t | $types | index($t));
def changes($type): .events[] | (.namespaces // [])[] | select(.type == $type);
