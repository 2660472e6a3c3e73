/* SPDX-License-Identifier: MIT */
/* Which events are shown: words, a process's role, a kind of event, failures only. */
const filter = { words: [], role: "", tag: "", failures: false };
const matching = new Uint8Array(report.events.length);
let matches = [],
  picked = -1;

for (const event of report.events) event.mark = markOf(event);
const filtered = () =>
  filter.words.length > 0 || filter.role !== "" || filter.tag !== "" || filter.failures;

/* pid:1 role:runtime call:mount tag:mount container:abc; any other word is looked for anywhere. */
const FIELDS = {
  pid: (e, p) => [e.pid, e.tid, p && p.nspid].map(String),
  role: (e, p) => [p ? p.role : ""],
  call: (e) => [e.name || e.kind],
  tag: (e) => e.tags || [],
  error: (e) => [e.error || ""],
  container: (e, p) => [(p && p.container) || e.container || ""],
};
const EXACT = new Set(["pid", "role", "tag"]);
function readWords(text) {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => {
      const [, field, value] = /^([a-z]+):(.+)$/.exec(word) || [];
      return Object.hasOwn(FIELDS, field || "") ? { field, value } : { value: word };
    });
}
function textOf(event, p) {
  if (event.text_cache === undefined)
    event.text_cache = (
      title(event) +
      " " +
      event.kind +
      " " +
      (event.tags || []).join(" ") +
      " " +
      (p ? p.role + " " + processName(p) : "")
    ).toLowerCase();
  return event.text_cache;
}
function wordFits(word, event, p) {
  if (!word.field) return textOf(event, p).includes(word.value);
  return FIELDS[word.field](event, p).some((v) => {
    const text = String(v).toLowerCase();
    return EXACT.has(word.field) ? text === word.value : text.startsWith(word.value);
  });
}
function fits(event) {
  if (filter.failures && !event.error) return false;
  if (filter.tag && !(event.tags || []).includes(filter.tag)) return false;
  const p = bySerial.get(event.serial);
  if (filter.role && (!p || p.role !== filter.role)) return false;
  if (!filtered()) return event.mark !== null;
  return filter.words.every((word) => wordFits(word, event, p));
}
function applyFilter() {
  matches = [];
  for (const event of report.events) {
    matching[event.index] = bySerial.has(event.serial) && fits(event) ? 1 : 0;
    if (matching[event.index]) matches.push(event.index);
  }
  for (const row of rows) row.events = null;
}

/* The events of a row that are shown, as arrays that are quick to walk. */
function eventsIn(row) {
  if (row.events) return row.events;
  const list = [];
  for (const p of row.processes)
    for (const e of eventsOf.get(p.serial) || []) if (matching[e.index]) list.push(e);
  list.sort((a, b) => a.t_ns - b.t_ns || a.index - b.index);
  const kind = (e) => (e.kind === "exec" ? 2 : e.kind === "exit" ? 1 : 0);
  const rankOf = (e) => (e.mark ? RANK.get(e.mark[0]) * 4 + kind(e) : e.error ? 0 : 1);
  row.events = {
    list,
    t: Float64Array.from(list, (e) => e.t_ns),
    rank: Uint8Array.from(list, rankOf),
  };
  return row.events;
}
/* The first index whose time is not before t. */
function lowerBound(times, t) {
  let low = 0,
    high = times.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (times[mid] < t) low = mid + 1;
    else high = mid;
  }
  return low;
}
