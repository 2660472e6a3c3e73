"use strict";
/* The report as lanes of processes over time. Text of the trace goes in by textContent only. */
(() => {
const report = JSON.parse(document.getElementById("report").textContent);
const $ = (id) => document.getElementById(id);
const LABEL = 250, AXIS = 24, BAND = 20, LANE = 22, STEPS = 18;
const MARKS = [ /* tag, shape, words: drawn by shape, so that colour is not needed */
  ["failed", "cross", "a call failed"],
  ["payload", "play", "the container's program starts"],
  ["root", "star", "“/” changes"],
  ["namespace", "diamond", "namespaces"],
  ["cgroup", "square", "cgroups and limits"],
  ["mount", "triangle", "mounts"],
  ["seccomp", "hexagon", "seccomp"],
  ["capability", "circle", "privileges"],
  ["identity", "ring", "user and group ids"],
  ["message", "bubble", "a message"],
  ["process", "tick", "process"],
];
const ms = (ns) => ns === null ? "–" : (ns / 1e6).toFixed(3) + " ms";
const make = (tag, attributes, ...children) => {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attributes || {})) {
    if (k === "onclick") e.addEventListener("click", v);
    else e.setAttribute(k, v);
  }
  for (const c of children) if (c !== null && c !== undefined) e.append(c);
  return e;
};

/* -------- the data: lanes in the order of the process tree, events by lane -------- */
const end = Math.max(report.duration_ns || 0, 1,
  report.events.reduce((most, e) => Math.max(most, e.t_ns), 0));
const lanes = [], laneOf = new Map();
const programOf = (p) => {
  const last = p.execs.length ? p.execs[p.execs.length - 1] : null;
  return last ? last.path.split("/").pop() || p.comm : p.comm;
};
/* Helpers that are run again and again (iptables) share a lane. */
const FOLD = 4;
function fold(list, children) {
  const groups = [], byName = new Map();
  for (const p of list) {
    const name = p.inside || children.has(p.serial) ? null : p.role + " " + programOf(p);
    if (name && byName.has(name)) { byName.get(name).push(p); continue; }
    groups.push([p]);
    if (name) byName.set(name, groups[groups.length - 1]);
  }
  return groups.flatMap((g) => g.length < FOLD ? g.map((p) => [p]) : [g]);
}
(function order() {
  const children = new Map(), known = new Set(report.processes.map((p) => p.serial));
  for (const p of report.processes) {
    const up = p.creator && known.has(p.creator.serial) && p.creator.serial !== p.serial
      ? p.creator.serial : 0;
    if (!children.has(up)) children.set(up, []);
    children.get(up).push(p);
  }
  const stack = [];
  const push = (list, depth) => { for (const group of fold(list, children).reverse()) stack.push([group, depth]); };
  push(children.get(0) || [], 0);
  while (stack.length) {
    const [group, depth] = stack.pop();
    for (const p of group) laneOf.set(p.serial, lanes.length);
    lanes.push({ process: group[0], processes: group, depth, events: [] });
    if (group.length === 1) push(children.get(group[0].serial) || [], depth + 1);
  }
})();
const markOf = (event) => {
  const tags = event.tags || [];
  if (tags.includes("failed")) return tags.includes("benign") ? null : MARKS[0];
  return MARKS.find((m) => tags.includes(m[0])) || null;
};
report.events.forEach((event, index) => {
  const lane = lanes[laneOf.get(event.serial)];
  event.index = index;
  event.mark = markOf(event);
  if (lane) lane.events.push(event);
});

const argText = (a) => a.text !== undefined && a.text !== null ? a.text : JSON.stringify(a.value);
const title = (event) => {
  if (event.kind === "exec") return "exec " + (event.argv || []).join(" ");
  if (event.kind === "exit") return "exit" + exitText(event.exit || event);
  if (event.kind !== "call") return event.kind + (event.name ? " " + event.name : "");
  const args = (event.args || []).map((a) => a.path || argText(a)).join(", ");
  return event.name + "(" + args + ")" + (event.error ? " = " + event.error : "");
};
const exitText = (exit) => !exit ? "" : exit.signal ? " " + exit.signal
  : exit.status !== undefined ? " " + exit.status : "";
const processName = (p) => programOf(p) + " " + p.pid + (p.nspid && p.nspid !== p.pid ? " → " + p.nspid : "");
const laneName = (lane) => lane.processes.length > 1
  ? programOf(lane.process) + " ×" + lane.processes.length : processName(lane.process);

const bySerial = new Map(report.processes.map((p) => [p.serial, p]));

/* -------- what is shown -------- */
const view = { t0: 0, t1: end };
let words = "", tag = "", onlyFailures = false, picked = -1, hovered = -1;
const shown = (event) => {
  if (onlyFailures && !event.error) return false;
  if (tag && !(event.tags || []).includes(tag)) return false;
  if (!words && !tag && !onlyFailures) return event.mark !== null;
  if (!words) return true;
  const lane = lanes[laneOf.get(event.serial)];
  const text = title(event) + " " + (event.tags || []).join(" ") +
    (lane ? " " + lane.process.role + " " + laneName(lane) : "");
  return text.toLowerCase().includes(words);
};

/* -------- drawing -------- */
const canvas = $("lanes"), chart = $("chart"), pen = canvas.getContext("2d");
let width = 0, colors = {};
const readColors = () => {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["bg", "fg", "dim", "line", "life", "inside", "bad", "mark", "pick", "band-a", "band-b"])
    colors[name] = style.getPropertyValue("--" + name).trim();
};
const x = (t) => LABEL + (t - view.t0) / (view.t1 - view.t0) * (width - LABEL - 8);
const timeAt = (px) => view.t0 + (px - LABEL) / (width - LABEL - 8) * (view.t1 - view.t0);
const TOP = AXIS + BAND + STEPS;
const y = (lane) => TOP + lane * LANE;
const big = report.phases.filter((p) => !p.step), steps = report.phases.filter((p) => p.step);

const shapes = {
  cross(to, px, py) { to.moveTo(px - 4, py - 4); to.lineTo(px + 4, py + 4); to.moveTo(px + 4, py - 4); to.lineTo(px - 4, py + 4); },
  tick(to, px, py) { to.moveTo(px, py - 6); to.lineTo(px, py + 6); },
  diamond(to, px, py) { to.moveTo(px, py - 5); to.lineTo(px + 5, py); to.lineTo(px, py + 5); to.lineTo(px - 5, py); to.closePath(); },
  square(to, px, py) { to.rect(px - 4, py - 4, 8, 8); },
  triangle(to, px, py) { to.moveTo(px, py - 5); to.lineTo(px + 5, py + 4); to.lineTo(px - 5, py + 4); to.closePath(); },
  circle(to, px, py) { to.arc(px, py, 4, 0, 7); },
  ring(to, px, py) { to.arc(px, py, 3.5, 0, 7); },
  play(to, px, py) { to.moveTo(px - 5, py - 7); to.lineTo(px + 7, py); to.lineTo(px - 5, py + 7); to.closePath(); },
  bubble(to, px, py) { to.rect(px - 5, py - 4, 10, 6); to.moveTo(px - 2, py + 2); to.lineTo(px - 2, py + 6); },
  hexagon(to, px, py) { for (let i = 0; i < 7; i++) to[i ? "lineTo" : "moveTo"](px + 5 * Math.cos(i * Math.PI / 3), py + 5 * Math.sin(i * Math.PI / 3)); },
  star(to, px, py) { for (let i = 0; i < 11; i++) { const r = i % 2 ? 3 : 7, a = i * Math.PI / 5 - Math.PI / 2; to[i ? "lineTo" : "moveTo"](px + r * Math.cos(a), py + r * Math.sin(a)); } },
};
const OPEN = new Set(["cross", "tick", "bubble", "ring"]);
function drawMark(to, shape, px, py, color) {
  to.beginPath();
  shapes[shape](to, px, py);
  to.strokeStyle = to.fillStyle = color;
  to.lineWidth = shape === "cross" ? 2.5 : 1.5;
  if (OPEN.has(shape)) to.stroke(); else to.fill();
}
/* Text cut to fit, with an ellipsis. */
function label(text, px, py, room, color) {
  if (room < 14) return;
  pen.fillStyle = color;
  if (pen.measureText(text).width <= room) { pen.fillText(text, px, py); return; }
  let low = 0, high = text.length;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if (pen.measureText(text.slice(0, mid) + "…").width <= room) low = mid; else high = mid - 1;
  }
  if (low) pen.fillText(text.slice(0, low) + "…", px, py);
}
function drawAxis(height) {
  const span = view.t1 - view.t0, raw = span / Math.max(2, (width - LABEL) / 110);
  const base = Math.pow(10, Math.floor(Math.log10(raw)));
  const step = [1, 2, 5, 10].map((n) => n * base).find((n) => n >= raw);
  const digits = Math.max(0, Math.min(6, -Math.floor(Math.log10(step / 1e6))));
  for (let t = Math.ceil(view.t0 / step) * step; t <= view.t1; t += step) {
    pen.fillStyle = colors.line;
    pen.fillRect(x(t), AXIS - 4, 1, height);
    pen.fillStyle = colors.dim;
    pen.fillText((t / 1e6).toFixed(digits) + " ms", x(t) + 3, AXIS / 2);
  }
}
function drawPhases(list, py, height) {
  list.forEach((p, i) => {
    const a = Math.max(x(p.start_ns), LABEL), b = Math.min(x(p.end_ns), width);
    if (b <= LABEL || a >= width) return;
    pen.fillStyle = colors[i % 2 ? "band-b" : "band-a"];
    pen.fillRect(a, py, Math.max(b - a, 2), height - 2);
    pen.strokeStyle = colors.dim;
    pen.lineWidth = 0.5;
    pen.strokeRect(a, py, Math.max(b - a, 2), height - 2);
    label((p.step ? p.step + " " : "") + p.name, a + 4, py + height / 2 - 1, b - a - 6, colors.fg);
  });
}
function drawLane(lane, index) {
  const mid = y(index) + LANE / 2;
  for (const p of lane.processes) drawLife(p, mid);
  let last = -10;
  for (const event of lane.events) {
    if (event.t_ns < view.t0) continue;
    if (event.t_ns > view.t1) break;
    const px = x(event.t_ns), chosen = event.index === picked;
    if (!chosen && (!shown(event) || px - last < 3)) continue;
    last = px;
    if (chosen) { pen.fillStyle = colors.pick; pen.fillRect(px - 8, y(index) + 1, 16, LANE - 2); }
    drawMark(pen, event.mark ? event.mark[1] : event.error ? "cross" : "tick", px, mid, event.error ? colors.bad : colors.mark);
  }
}
function drawLife(p, mid) {
  const a = Math.max(x(p.born_ns), LABEL), b = Math.min(x(p.exited_ns === null ? end : p.exited_ns), width - 4);
  if (b >= LABEL && a <= width) {
    pen.fillStyle = p.inside ? colors.inside : colors.life;
    pen.fillRect(a, mid - 4, Math.max(b - a, 1), 8);
    if (p.inside) { pen.strokeStyle = colors.fg; pen.lineWidth = 1; pen.strokeRect(a, mid - 4, Math.max(b - a, 1), 8); }
  }
  const from = p.creator && laneOf.get(p.creator.serial);
  if (from !== undefined && from !== null && x(p.born_ns) >= LABEL && x(p.born_ns) <= width) {
    pen.strokeStyle = colors.dim;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(x(p.born_ns), y(from) + LANE / 2);
    pen.lineTo(x(p.born_ns), mid);
    pen.stroke();
  }
}
function drawLabels(first, past) {
  pen.fillStyle = colors.bg;
  pen.fillRect(0, 0, LABEL - 4, y(lanes.length));
  for (let i = first; i < past; i++) {
    const { process, depth } = lanes[i], indent = 8 + Math.min(depth, 8) * 10;
    label(laneName(lanes[i]), indent, y(i) + LANE / 2, LABEL - indent - 84, colors.fg);
    label(process.role === "unknown" ? "" : process.role, LABEL - 76, y(i) + LANE / 2, 70, colors.dim);
  }
}
let queued = false;
function draw() {
  if (queued) return;
  queued = true;
  requestAnimationFrame(() => { queued = false; drawNow(); });
}
function drawNow() {
  const scale = window.devicePixelRatio || 1, height = y(lanes.length) + 8;
  width = chart.clientWidth;
  canvas.style.width = width + "px";
  canvas.style.height = height + "px";
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(Math.min(height, 16000) * scale);
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.font = "12px system-ui, sans-serif";
  pen.textBaseline = "middle";
  pen.fillStyle = colors.bg;
  pen.fillRect(0, 0, width, height);
  const first = Math.max(0, Math.floor((chart.scrollTop - TOP) / LANE) - 1);
  const past = Math.min(lanes.length, Math.ceil((chart.scrollTop + chart.clientHeight) / LANE) + 2);
  drawAxis(height);
  drawPhases(big, AXIS, BAND);
  drawPhases(steps, AXIS + BAND, STEPS);
  for (let i = first; i < past; i++) drawLane(lanes[i], i);
  drawLabels(first, past);
  label("phases", 8, AXIS + BAND / 2, 100, colors.dim);
  label("steps", 8, AXIS + BAND + STEPS / 2, 100, colors.dim);
}

/* -------- moving -------- */
function zoom(factor, around) {
  const least = 1000, span = Math.min(end, Math.max(least, (view.t1 - view.t0) * factor));
  const part = (around - view.t0) / (view.t1 - view.t0);
  view.t0 = Math.max(0, Math.min(end - span, around - part * span));
  view.t1 = view.t0 + span;
  draw();
}
function pan(dt) {
  const span = view.t1 - view.t0;
  view.t0 = Math.max(0, Math.min(end - span, view.t0 + dt));
  view.t1 = view.t0 + span;
  draw();
}
chart.addEventListener("wheel", (e) => {
  if (e.shiftKey || Math.abs(e.deltaX) > Math.abs(e.deltaY)) {
    e.preventDefault();
    pan((e.deltaX || e.deltaY) / (width - LABEL) * (view.t1 - view.t0));
  } else if (e.ctrlKey || chart.scrollHeight <= chart.clientHeight) {
    e.preventDefault();
    zoom(Math.exp(e.deltaY / 400), timeAt(e.offsetX));
  }
}, { passive: false });
const fingers = new Map();
let moved = 0, spread = 0;
canvas.addEventListener("pointerdown", (e) => {
  fingers.set(e.pointerId, e);
  canvas.setPointerCapture(e.pointerId);
  moved = 0;
});
canvas.addEventListener("pointermove", (e) => {
  if (!fingers.has(e.pointerId)) { hover(e); return; }
  const before = fingers.get(e.pointerId);
  fingers.set(e.pointerId, e);
  moved += Math.abs(e.offsetX - before.offsetX) + Math.abs(e.offsetY - before.offsetY);
  if (fingers.size === 2) {
    const [a, b] = [...fingers.values()], now = Math.hypot(a.offsetX - b.offsetX, a.offsetY - b.offsetY);
    if (spread && now) zoom(spread / now, timeAt((a.offsetX + b.offsetX) / 2));
    spread = now;
    return;
  }
  pan((before.offsetX - e.offsetX) / (width - LABEL) * (view.t1 - view.t0));
  chart.scrollTop += before.clientY - e.clientY;
});
for (const name of ["pointerup", "pointercancel"])
  canvas.addEventListener(name, (e) => {
    fingers.delete(e.pointerId);
    spread = 0;
    if (name === "pointerup" && moved < 4) click(e);
  });
/* A click on a phase shows that phase; on a mark, its event. */
function click(e) {
  const list = e.offsetY < AXIS ? [] : e.offsetY < AXIS + BAND ? big : e.offsetY < TOP ? steps : null;
  if (!list) { const i = eventAt(e); if (i >= 0) pick(i); return; }
  const t = timeAt(e.offsetX), phase = list.find((p) => t >= p.start_ns && t <= p.end_ns);
  if (!phase) return;
  const margin = Math.max(1000, (phase.end_ns - phase.start_ns) / 20);
  view.t0 = Math.max(0, phase.start_ns - margin);
  view.t1 = Math.min(end, phase.end_ns + margin);
  draw();
}
function eventAt(e) {
  const lane = lanes[Math.floor((e.offsetY - TOP) / LANE)];
  let best = -1, far = 8;
  if (!lane || e.offsetX < LABEL) return -1;
  for (const event of lane.events) {
    const d = Math.abs(x(event.t_ns) - e.offsetX);
    if (d < far && shown(event)) { far = d; best = event.index; }
  }
  return best;
}
function hover(e) {
  const i = eventAt(e), tip = $("tip");
  canvas.style.cursor = i >= 0 ? "pointer" : "grab";
  if (i === hovered) return;
  hovered = i;
  tip.style.display = i >= 0 ? "block" : "none";
  if (i < 0) return;
  tip.textContent = ms(report.events[i].t_ns) + "  " + title(report.events[i]).slice(0, 600);
  tip.style.left = Math.min(e.clientX + 12, window.innerWidth - tip.offsetWidth - 8) + "px";
  tip.style.top = e.clientY + 16 + "px";
}
canvas.addEventListener("pointerleave", () => { hovered = -1; $("tip").style.display = "none"; });
chart.addEventListener("scroll", draw);
window.addEventListener("resize", draw);

/* -------- picking an event -------- */
function pick(index, keepView) {
  const event = report.events[index];
  if (!event) return;
  picked = index;
  const lane = laneOf.get(event.serial), span = view.t1 - view.t0;
  if (!keepView && (event.t_ns < view.t0 || event.t_ns > view.t1)) pan(event.t_ns - span / 2 - view.t0);
  if (lane !== undefined && (y(lane) < chart.scrollTop + TOP || y(lane) > chart.scrollTop + chart.clientHeight - LANE))
    chart.scrollTop = y(lane) - chart.clientHeight / 2;
  showEvent(event);
  openTab("event");
  history.replaceState(null, "", "#event-" + index);
  draw();
}
function pickNext(direction) {
  for (let i = picked + direction; i >= 0 && i < report.events.length; i += direction)
    if (shown(report.events[i]) && laneOf.has(report.events[i].serial)) { pick(i); return; }
}
document.addEventListener("keydown", (e) => {
  if (/^(INPUT|SELECT)$/.test(e.target.tagName)) {
    if (e.key === "Escape") e.target.blur();
    if (e.key === "Enter" && e.target.type === "search") pickNext(1);
    return;
  }
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const span = view.t1 - view.t0, middle = view.t0 + span / 2;
  const keys = {
    "+": () => zoom(0.6, middle), "=": () => zoom(0.6, middle), "-": () => zoom(1 / 0.6, middle),
    "0": () => { view.t0 = 0; view.t1 = end; draw(); },
    ArrowLeft: () => pan(-span / 8), ArrowRight: () => pan(span / 8),
    n: () => pickNext(1), p: () => pickNext(-1), "/": () => $("search").focus(),
  };
  if (keys[e.key]) { e.preventDefault(); keys[e.key](); }
});

/* -------- side panels -------- */
const rows = (list) => make("table", null, ...list.filter(Boolean).map(([k, v]) =>
  make("tr", null, make("th", { scope: "row" }, k), make("td", null, v))));
const grid = (head, list) => make("table", null,
  make("tr", null, ...head.map((h) => make("th", { scope: "col" }, h))),
  ...list.map((r) => make("tr", null, ...r.map((c) => make("td", null, c === null || c === undefined ? "" : c)))));
const mono = (text) => make("code", null, text);
const link = (index, text) => make("a", { href: "#event-" + index, onclick: (e) => { e.preventDefault(); pick(index); } }, text);
function showEvent(event) {
  const lane = lanes[laneOf.get(event.serial)], panel = $("panel-event");
  const list = [["at", ms(event.t_ns)]];
  if (event.dur_ns !== null && event.dur_ns !== undefined) list.push(["took", ms(event.dur_ns)]);
  if (lane) list.push(["process", processName(bySerial.get(event.serial)) + " · " + lane.process.role]);
  if (event.error) list.push(["failed", make("span", { class: "bad" }, event.error + (event.answered_by ? " · " + event.answered_by : ""))]);
  else if (event.result !== null && event.result !== undefined) list.push(["result", String(event.result)]);
  if ((event.tags || []).length) list.push(["tags", event.tags.join(", ")]);
  for (const n of event.namespaces || []) list.push([n.type, n.from + " → " + n.to]);
  if (event.cgroup) list.push(["cgroup", event.cgroup.from + " → " + event.cgroup.to]);
  panel.replaceChildren(make("h2", null, event.kind === "call" ? event.name : event.kind), rows(list));
  if (event.kind === "call")
    panel.append(make("h2", null, "arguments"), rows((event.args || []).map((a) =>
      [a.name, mono(argText(a) + (a.path && !argText(a).includes(a.path) ? "  " + a.path : ""))])));
  else panel.append(make("p", { class: "mono" }, title(event)));
  if ((event.stack || []).length)
    panel.append(make("h2", null, "stack"), make("ol", { class: "mono" },
      ...event.stack.map((f) => make("li", null, (f.symbol || f.module) + (f.source ? "  " + f.source : "")))));
}
const mountsOf = (c) => c.mount_table && Array.isArray(c.mount_table.mounts) ? c.mount_table.mounts : c.mounts;
function fill() {
  const name = (p) => p ? processName(p) : "–";
  $("panel-processes").append(grid(["process", "role", "born", "lived", "exit"], lanes.flatMap(({ processes, depth }) =>
    processes.map((p) => [make("span", null, "\u00a0".repeat(depth * 2) + processName(p)), p.role, ms(p.born_ns),
      p.exited_ns === null ? "still running" : ms(p.exited_ns - p.born_ns), exitText(p.exit)]))));
  for (const c of report.containers) {
    const short = c.id.slice(0, 12), heading = () => make("h2", null, "container " + short);
    $("panel-namespaces").append(heading(), grid(["type", "host", "container", "how", "by"],
      Object.entries(c.namespaces).map(([type, n]) => [type, n.from, n.to === n.from ? "shared" : n.to, n.how,
        n.by ? name(bySerial.get(n.by.serial)) : ""])));
    $("panel-cgroups").append(heading(), make("p", null, mono(c.cgroup || "–")),
      grid(["file", "value", "meaning"], c.limits.map((l) => [l.file, mono(l.value), l.meaning || ""])));
    $("panel-mounts").append(heading(), grid(["target", "type", "flags"], mountsOf(c).map((m) =>
      [mono(m.target), m.type, Array.isArray(m.flags) ? m.flags.join(",") : m.flags])));
    const caps = c.capabilities || {}, seccomp = c.seccomp || {};
    $("panel-isolation").append(heading(), ...(Array.isArray(c.isolation)
      ? [grid(["what", "state", "why"], c.isolation.map((i) => [i.aspect, i.state + (i.detail ? " · " + i.detail : ""), i.why]))]
      : [rows([["capabilities", (caps.effective || []).join(" ") || "none"],
        ["no_new_privs", String(c.no_new_privs)],
        ["seccomp", seccomp.instructions ? seccomp.instructions + " instructions" : "none"],
        ["denied", (seccomp.denied || []).join(" ")],
        ["root", c.rootfs || "–"], ["hostname", c.hostname || "–"]])]));
  }
  $("panel-findings").append(...(report.findings.length ? report.findings.map((f) => make("section", null,
    make("h2", { class: f.severity === "error" ? "bad" : "" }, f.title),
    make("ul", null, ...(f.evidence || []).map((e) => make("li", null, e))),
    f.cause ? make("p", null, f.cause) : null, f.remedy ? make("p", null, "Try: " + f.remedy) : null))
    : [make("p", null, "nothing to report")]));
  const failures = report.events.filter((e) => e.error && !(e.tags || []).includes("benign"));
  if (failures.length)
    $("panel-findings").append(make("h2", null, failures.length + " calls failed unusually"),
      make("ul", null, ...failures.slice(0, 200).map((e) => make("li", null, link(e.index, ms(e.t_ns) + " " + title(e).slice(0, 160))))));
  $("panel-event").append(make("p", { class: "dim" }, "Pick a mark in the picture; a click on a phase zooms to it. Keys: n and p next and previous, + and − zoom, arrows move, 0 everything, / search."),
    grid(["mark", "means"], MARKS.map((m) => { const c = make("canvas", { width: 24, height: 20 }); c.dataset.shape = m[1]; return [c, m[2]]; })));
}
const TABS = ["event", "processes", "namespaces", "cgroups", "mounts", "isolation", "findings"];
function openTab(which) {
  for (const t of TABS) {
    $("tab-" + t).setAttribute("aria-selected", String(t === which));
    $("panel-" + t).hidden = t !== which;
  }
}
for (const t of TABS) {
  $("tabs").append(make("button", { role: "tab", id: "tab-" + t, "aria-controls": "panel-" + t, onclick: () => openTab(t) }, t));
  $("panels").append(make("div", { role: "tabpanel", id: "panel-" + t, "aria-labelledby": "tab-" + t, tabindex: "0" }));
}
function legend() {
  for (const c of document.querySelectorAll("canvas[data-shape]")) {
    const to = c.getContext("2d");
    to.clearRect(0, 0, 24, 20);
    drawMark(to, c.dataset.shape, 12, 10, c.dataset.shape === "cross" ? colors.bad : colors.mark);
  }
}

/* -------- the head line, the tools -------- */
const exit = report.exit ? (report.exit.signal || "exit " + report.exit.status) : "still running";
$("title").textContent = report.command.join(" ") || "attached";
document.title = "cttrace: " + $("title").textContent.slice(0, 80);
$("summary").textContent = exit + " · " + ms(report.duration_ns) + " · " + report.processes.length + " processes · " +
  report.containers.length + (report.containers.length === 1 ? " container" : " containers") +
  (report.complete ? "" : " · the trace is cut off: its end is missing");
$("search").addEventListener("input", (e) => { words = e.target.value.trim().toLowerCase(); draw(); });
$("failures").addEventListener("click", (e) => {
  onlyFailures = !onlyFailures;
  e.target.setAttribute("aria-pressed", String(onlyFailures));
  draw();
});
for (const t of [...new Set(report.events.flatMap((e) => e.tags || []))].sort())
  $("tag").append(make("option", { value: t }, t));
$("tag").addEventListener("change", (e) => { tag = e.target.value; draw(); });
$("all").addEventListener("click", () => { view.t0 = 0; view.t1 = end; draw(); });
const theme = (name) => { document.documentElement.dataset.theme = name; readColors(); legend(); draw(); };
const dark = window.matchMedia("(prefers-color-scheme: dark)");
$("theme").addEventListener("click", () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
dark.addEventListener("change", () => theme(dark.matches ? "dark" : "light"));
fill();
theme(dark.matches ? "dark" : "light");
const wanted = /^#event-(\d+)$/.exec(location.hash);
if (wanted) pick(Number(wanted[1])); else openTab("event");
window.addEventListener("hashchange", () => { const m = /^#event-(\d+)$/.exec(location.hash); if (m) pick(Number(m[1])); });
document.documentElement.dataset.ready = "yes";
})();
