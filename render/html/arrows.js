/* SPDX-License-Identifier: MIT */
/* Hand-overs: what one process prepared or sent, and another one got. Told apart by line and tail. */
const ARROWS = {
  message: {
    dash: [5, 3],
    wide: 1.5,
    words: "sends a message to",
    means: "bytes through a pipe or a socket",
  },
  namespace: {
    dash: [],
    wide: 1.5,
    tail: "diamond",
    words: "made the namespace that is joined by",
    means: "a namespace that one made and another joins",
  },
  cgroup: {
    dash: [],
    wide: 1.5,
    tail: "square",
    words: "moves into a cgroup",
    means: "one is moved into a cgroup by another",
  },
  fifo: {
    dash: [],
    wide: 3,
    tail: "ring",
    words: "opens the named pipe of",
    means: "a named pipe is opened: who waits at it goes on",
  },
  console: {
    dash: [1, 3],
    wide: 2,
    tail: "ring",
    words: "hands the container's terminal to",
    means: "the container's terminal",
  },
};
const styleOf = (kind) => (Object.hasOwn(ARROWS, kind) ? ARROWS[kind] : ARROWS.message);
const MANY = 40;
const handovers = report.handovers || [];
let arrows = "auto",
  hoveredArrow = null; /* "auto": not when there are too many; "on"; "off" */
const arrowWords = (h) =>
  nameOf(h.from) +
  " " +
  (h.kind === "fork" ? "creates" : styleOf(h.kind).words) +
  " " +
  nameOf(h.to) +
  (h.label ? ": " + h.label : "");
const touches = (h, serial) => h.from.serial === serial || h.to.serial === serial;

/* Where an arrow is on the stage; null when it is not there. */
function arrowAt(h, first, past) {
  const a = rowOf.get(h.from.serial),
    b = rowOf.get(h.to.serial);
  if (a === undefined || b === undefined || a === b) return null;
  if (tops[a + 1] === tops[a] || tops[b + 1] === tops[b]) return null;
  if (Math.max(a, b) < first || Math.min(a, b) >= past) return null;
  const from = x(h.from_ns),
    to = x(h.to_ns);
  if (to < stage.label || from > stage.width) return null;
  const down = b > a ? 1 : -1,
    late = Math.max(to, from, x(bySerial.get(h.to.serial).born_ns));
  return {
    h,
    from,
    to: late,
    y0: middle(a) + down * (rowHeight / 2 - 4),
    y1: middle(b) - down * (rowHeight / 2 - 4),
    down,
  };
}
function drawBirths(first, past) {
  const { pen } = stage;
  pen.strokeStyle = colors.fork;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const h of handovers) {
    const at = h.kind === "fork" ? arrowAt(h, first, past) : null;
    if (!at) continue;
    pen.moveTo(at.to + 0.5, at.y0);
    pen.lineTo(at.to + 0.5, at.y1);
  }
  pen.stroke();
}
function drawArrow(at, strong) {
  const { pen } = stage,
    { dash, wide, tail } = styleOf(at.h.kind),
    tip = at.y1;
  pen.strokeStyle = pen.fillStyle = strong ? colors.start : colors.arrow;
  pen.lineWidth = strong ? wide + 1 : wide;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(at.from, at.y0);
  if (at.to - at.from < 3) pen.lineTo(at.to, tip - at.down * 6);
  else
    pen.bezierCurveTo(
      at.from,
      (at.y0 + tip) / 2,
      at.to,
      (at.y0 + tip) / 2,
      at.to,
      tip - at.down * 6,
    );
  pen.stroke();
  pen.setLineDash([]);
  pen.beginPath();
  polygon(pen, at.to, tip, [0, 0], [-4, -at.down * 8], [4, -at.down * 8]);
  pen.fill();
  if (tail) drawMark(pen, tail, at.from, at.y0 - at.down * 2, pen.strokeStyle);
}
/* What an arrow carries, where nothing else is written. */
function drawArrowLabel(at) {
  if (!at.h.label) return;
  const { pen } = stage,
    name = basename(at.h.label);
  const text =
    at.h.kind === "cgroup" || at.h.kind === "namespace"
      ? at.h.kind + " " + (/^[a-z]+-[0-9a-f]{20,}/.test(name) ? name.slice(0, 18) : name)
      : name;
  const room = pen.measureText(cut(pen, text, 170)).width,
    left = at.to + 7;
  const mid = at.down > 0 ? at.y1 - 15 : at.y1 + 15;
  const box = [left - 3, mid - 8, room + 6, 15];
  if (left < stage.label || left + room > stage.width || mid < HEAD + 8) return;
  if (!isFree(...box)) return;
  take(...box);
  pen.fillStyle = colors.bg;
  pen.globalAlpha = 0.85;
  pen.fillRect(...box);
  pen.globalAlpha = 1;
  label(pen, text, left, mid, 170, colors.arrow);
}
let arrowsDrawn = [];
function drawArrows(first, past) {
  const serial = picked >= 0 ? report.events[picked].serial : 0;
  drawBirths(first, past);
  arrowsDrawn = [];
  let all =
    arrows === "off"
      ? []
      : handovers
          .filter((h) => h.kind !== "fork" && (arrows === "on" || !filtered() || matching[h.event]))
          .map((h) => arrowAt(h, first, past))
          .filter(Boolean);
  const hidden = arrows === "auto" && all.length > MANY ? all.length : 0;
  if (hidden) all = all.filter((at) => serial && touches(at.h, serial)).slice(0, MANY);
  for (const at of all) drawArrow(at, at.h === hoveredArrow || at.h.event === picked);
  for (const at of all) drawArrowLabel(at);
  arrowsDrawn = all;
  const notes = [
    hidden ? plural(hidden, "hand-over") + " not drawn: zoom in, or pick a process" : "",
    absent ? plural(absent, "row") + " with nobody alive now" : "",
  ];
  $("hidden").textContent = notes.filter(Boolean).join(" · ");
}
function arrowNear(px, py) {
  let best = null,
    far = 6;
  for (const at of arrowsDrawn) {
    const low = Math.min(at.y0, at.y1),
      high = Math.max(at.y0, at.y1);
    if (py < low || py > high) continue;
    const part = (py - at.y0) / (at.y1 - at.y0 || 1),
      bend = part * part * (3 - 2 * part);
    const d = Math.abs(at.from + (at.to - at.from) * bend - px);
    if (d < far) {
      far = d;
      best = at.h;
    }
  }
  return best;
}
