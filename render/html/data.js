/* SPDX-License-Identifier: MIT */
"use strict";
/* The report as rows: processes in the order of their tree, in boxes of their containers and
   namespace sets. Nothing here draws. */
const report = JSON.parse(document.getElementById("report").textContent);
const $ = (id) => document.getElementById(id);

/* What a trace says goes into text only, and what would steer the text is spelled out. The report
   writes a backslash as two. */
const STEERING =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const plain = (text) =>
  String(text)
    .replace(/\\\\/g, "\\")
    .replace(STEERING, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
const make = (tag, attributes, ...children) => {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attributes || {})) {
    if (k === "onclick") e.addEventListener("click", v);
    else e.setAttribute(k, v);
  }
  for (const c of children)
    if (c !== null && c !== undefined) e.append(c instanceof Node ? c : plain(c));
  return e;
};
const ms = (ns) => {
  if (ns === null || ns === undefined) return "–";
  return ns >= 1e10 ? (ns / 1e9).toFixed(3) + " s" : (ns / 1e6).toFixed(3) + " ms";
};
const plural = (n, one, many) => n.toLocaleString("en") + " " + (n === 1 ? one : many || one + "s");

/* -------- processes -------- */
const bySerial = new Map(report.processes.map((p) => [p.serial, p]));
const containerById = new Map(report.containers.map((c) => [c.id, c]));
const end = Math.max(
  report.duration_ns || 0,
  1,
  report.events.reduce((most, e) => Math.max(most, e.t_ns), 0),
);
const shortId = (id) => (id.length > 12 && /^[0-9a-f]+$/.test(id) ? id.slice(0, 12) : id);
const programOf = (p) => {
  const last = p.execs.length ? p.execs[p.execs.length - 1] : null;
  return (last ? last.path.split("/").pop() : "") || p.comm || "process";
};
const processName = (p) =>
  !p ? "–" : programOf(p) + " " + p.pid + (p.nspid && p.nspid !== p.pid ? " → " + p.nspid : "");
const nameOf = (identity) => (identity ? processName(bySerial.get(identity.serial)) : "–");
const lastOf = (p) => (p.exited_ns === null ? end : p.exited_ns);
const exitText = (exit) =>
  !exit ? "" : exit.signal ? exit.signal : exit.status !== undefined ? "exit " + exit.status : "";
const creatorOf = (p) =>
  p.creator && p.creator.serial !== p.serial ? bySerial.get(p.creator.serial) : null;

/* Namespaces that are not those of who began, by type; and the set in which a process lived longest. */
const setsOf = new Map(),
  hostInode = new Map();
function namespaceSet(p) {
  const up = creatorOf(p),
    inherited = up && setsOf.has(up.serial) ? setsOf.get(up.serial).forChildAt(p.born_ns) : [];
  let own = new Map(inherited),
    child = new Map(inherited);
  const steps = [{ t: p.born_ns, own, child }];
  for (const n of p.namespaces) {
    if (!n.to) continue;
    if (!child.has(n.type) && n.from && !hostInode.has(n.type)) hostInode.set(n.type, n.from);
    own = new Map(own);
    child = new Map(child);
    for (const set of n.for_children ? [child] : [own, child])
      if (n.to === hostInode.get(n.type)) set.delete(n.type);
      else set.set(n.type, n.to);
    steps.push({ t: Math.max(n.t_ns, p.born_ns), own, child });
  }
  const lived = steps.map((s, i) => (i + 1 < steps.length ? steps[i + 1].t : lastOf(p)) - s.t);
  const longest = steps[lived.indexOf(Math.max(...lived))];
  return {
    own: longest.own,
    since: longest.t,
    forChildAt: (t) => (steps.filter((s) => s.t <= t).pop() || steps[0]).child,
  };
}

/* -------- boxes: a container, or a set of namespaces of its own -------- */
const boxes = new Map(),
  boxOf = new Map();
const newBox = (key, up, more) => {
  const box = {
    key,
    up,
    depth: up ? up.depth + 1 : 0,
    boxes: [],
    members: [],
    tops: [],
    from: Infinity,
    to: 0,
    open: true,
    ...more,
  };
  boxes.set(key, box);
  if (up) up.boxes.push(box);
  return box;
};
const root = newBox("", null, { types: [] });
function boxFor(p) {
  const container = p.inside && p.container !== null ? containerById.get(p.container) : null;
  const { own } = setsOf.get(p.serial),
    types = [...own.keys()].sort();
  const key = container
    ? "container " + container.id
    : types.map((t) => t + ":" + own.get(t)).join(" ");
  if (boxes.has(key)) return boxes.get(key);
  const creator = creatorOf(p),
    outer = container && container.inside !== null && boxes.get("container " + container.inside);
  const up = outer || (creator && boxOf.get(creator.serial)) || root;
  const before = creator ? setsOf.get(creator.serial).own : new Map();
  const changed = types.filter((t) => own.get(t) !== before.get(t));
  return newBox(key, up, { container, types: changed.length ? changed : types });
}
/* A box begins when its namespaces are made, which may be in the middle of a life. */
function boxBegin(box, p) {
  if (!box.container) return box === root ? 0 : setsOf.get(p.serial).since;
  const made = Object.values(box.container.namespaces)
    .map((n) => n.t_ns)
    .filter((t) => t !== null && t >= p.born_ns);
  return made.length ? Math.min(...made) : p.born_ns;
}
const childrenOf = new Map(); /* of a process, in its own box */
for (const p of report.processes) {
  const up = creatorOf(p);
  setsOf.set(p.serial, namespaceSet(p));
  const box = boxFor(p);
  boxOf.set(p.serial, box);
  box.members.push(p);
  box.from = Math.min(box.from, boxBegin(box, p));
  box.to = Math.max(box.to, lastOf(p));
  if (!up || boxOf.get(up.serial) !== box) box.tops.push(p);
  else if (childrenOf.has(up.serial)) childrenOf.get(up.serial).push(p);
  else childrenOf.set(up.serial, [p]);
}
const boxName = (box) =>
  box === root
    ? "host"
    : box.container
      ? "container " + shortId(box.container.id)
      : "own " + box.types.join(", ");
function boxWords(box) {
  if (box === root) return report.host && report.host.kernel ? "Linux " + report.host.kernel : "";
  if (!box.container) return "namespaces of their own: " + box.types.join(" ");
  const own = [],
    shared = [];
  for (const [type, n] of Object.entries(box.container.namespaces))
    (n.from === n.to ? shared : own).push(type);
  return [
    own.length ? "own " + own.join(" ") : "no namespace of its own",
    ...(box.container.shares || []).map(
      (s) => s.namespaces.join(" ") + " with " + shortId(s.container),
    ),
    shared.length ? "host's " + shared.join(" ") : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/* -------- rows: what stands below each other -------- */
const FOLD = 4; /* helpers that are run again and again (iptables) share a row */
const unfolded = new Set();
function fold(list) {
  const groups = [],
    byName = new Map();
  for (const p of list) {
    const name = childrenOf.has(p.serial)
      ? null
      : (p.creator ? p.creator.serial : "") + " " + p.role + " " + programOf(p);
    if (name && byName.has(name)) {
      byName.get(name).push(p);
      continue;
    }
    groups.push([p]);
    if (name) byName.set(name, groups[groups.length - 1]);
  }
  return groups.flatMap((g) =>
    g.length < FOLD || unfolded.has(g[0].serial) ? g.map((p) => [p]) : [g],
  );
}
const eventsOf = new Map();
report.events.forEach((event, index) => {
  event.index = index;
  if (!eventsOf.has(event.serial)) eventsOf.set(event.serial, []);
  eventsOf.get(event.serial).push(event);
});
let rows = [],
  rowOf = new Map();
function addProcesses(box, seen) {
  const stack = fold(box.tops)
    .reverse()
    .map((group) => [group, 0]);
  while (stack.length) {
    const [group, depth] = stack.pop();
    if (seen.has(group[0].serial)) continue;
    for (const p of group) {
      rowOf.set(p.serial, rows.length);
      seen.add(p.serial);
    }
    rows.push({ box, process: group[0], processes: group, depth, events: null });
    if (group.length === 1)
      for (const g of fold(childrenOf.get(group[0].serial) || []).reverse())
        stack.push([g, depth + 1]);
  }
}
/* A folded box keeps its row; the events of those in it are drawn there. */
function addBox(box, seen) {
  box.row = rows.length;
  rows.push({ box, head: true, processes: [], depth: 0, events: null });
  if (box.open) {
    addProcesses(box, seen);
    if (box.container && box.container.meters)
      rows.push({ box, meters: box.container.meters, processes: [], depth: 0 });
    for (const inner of box.boxes) addBox(inner, seen);
  } else {
    const all = [...box.members];
    for (const stack = [...box.boxes]; stack.length;) {
      const b = stack.pop();
      all.push(...b.members);
      stack.push(...b.boxes);
    }
    for (const p of all) {
      rowOf.set(p.serial, box.row);
      seen.add(p.serial);
    }
    rows[box.row].processes = all;
  }
  box.past = rows.length;
}
function makeRows() {
  rows = [];
  rowOf = new Map();
  const seen = new Set();
  addBox(root, seen);
}
const rowName = (row) =>
  row.head
    ? boxName(row.box)
    : row.processes.length > 1
      ? programOf(row.process) + " ×" + row.processes.length
      : processName(row.process);

/* Where there is no room for numbers. */
const briefName = (row) => (row.processes.length > 1 ? rowName(row) : programOf(row.process));

/* -------- events in words -------- */
const argText = (a) => (a.text !== undefined && a.text !== null ? a.text : JSON.stringify(a.value));
const title = (event) => {
  if (event.kind === "exec") return "exec " + (event.argv || []).join(" ");
  if (event.kind === "exit") return exitText(event.exit) || "exit";
  if (event.kind === "task")
    return event.birth === "thread" ? "new thread" : "new process (" + event.birth + ")";
  if (event.kind === "signal") return "signal " + event.signal;
  if (event.kind !== "call") return event.kind + " " + (event.text || "");
  if (event.bus && event.bus.text) return event.name + ": " + event.bus.text;
  const args = (event.args || []).map((a) => a.path || argText(a)).join(", ");
  return (
    event.name +
    "(" +
    args +
    ")" +
    (event.error ? " = " + event.error : event.result ? " = " + event.result : "")
  );
};
/* Beside a mark there is room for a few words only. */
const basename = (path) => String(path).replace(/\/+$/, "").split("/").pop() || String(path);
/* Ids of containers and layers as podman ps has them. */
const shorten = (text) => text.replace(/[0-9a-f]{32,}/g, (id) => id.slice(0, 12) + "…");
function brief(event) {
  const tags = event.tags || [];
  if (event.kind === "exec") return "exec " + basename((event.argv || [])[0] || event.path || "");
  if (event.kind === "task") return "";
  if ((event.namespaces || []).length)
    return event.name + event.namespaces.map((n) => " " + n.type).join("");
  if (tags.includes("message") && (event.args || []).length > 1 && !event.bus)
    return argText(event.args[1]);
  if (event.kind !== "call" || event.bus) return title(event);
  const made = (event.args || []).flatMap((a) => argText(a).match(/CLONE_NEW[A-Z]+/g) || []);
  if (made.length) return event.name + " " + made.map((f) => f.slice(6).toLowerCase()).join(" ");
  const paths = (event.args || []).filter((a) => a.path).map((a) => basename(a.path));
  const last = paths.length
    ? paths[paths.length - 1]
    : (event.args || []).length
      ? argText(event.args[0])
      : "";
  return event.name + " " + shorten(last) + (event.error ? " = " + event.error : "");
}
const isBenign = (event) => (event.tags || []).includes("benign");

/* -------- phases: the same words as in the other pictures -------- */
const WORDS = {
  engine: "engine: storage, config",
  create: "runtime: create",
  start: "runtime: start",
  run: "container runs",
};
const phaseWords = (p) => (p.step ? p.step + " " + p.name : WORDS[p.name] || p.name);
const bigPhases = report.phases.filter((p) => !p.step),
  stepPhases = report.phases.filter((p) => p.step && p.end_ns > p.start_ns);
/* What overlaps goes into lines of its own, three at most. */
function packed(list) {
  const ends = [];
  for (const p of [...list].sort((a, b) => a.start_ns - b.start_ns)) {
    let line = ends.findIndex((t) => t <= p.start_ns);
    if (line < 0) line = Math.min(ends.length, 2);
    ends[line] = Math.max(ends[line] || 0, p.end_ns);
    p.line = line;
  }
  return Math.max(ends.length, 1);
}
const bigLines = packed(bigPhases),
  stepLines = packed(stepPhases);
