/* SPDX-License-Identifier: MIT */
/* What is drawn small: marks by shape, so that colour is not needed, and how text is cut. */
const MARKS = [
  /* tag, shape, words; the first that fits is taken, and wins where there is no room */
  ["failed", "cross", "a call failed (a light one: as in starts that work)"],
  ["payload", "play", "the container's program starts"],
  ["root", "star", "“/” becomes the container's"],
  ["namespace", "diamond", "namespaces"],
  ["wall", "wall", "the payload tried a wall of its container"],
  ["cgroup", "square", "cgroups"],
  ["limit", "gauge", "limits"],
  ["seccomp", "hexagon", "seccomp"],
  ["capability", "circle", "capabilities"],
  ["identity", "ring", "user and group ids"],
  ["mount", "triangle", "mounts"],
  ["network", "net", "network"],
  ["device", "device", "devices"],
  ["hostname", "flag", "host name"],
  ["message", "bubble", "a message"],
  ["process", "tick", "processes: born, exec, exit"],
];
const RANK = new Map(MARKS.map((m, i) => [m[0], MARKS.length - i]));
const markOf = (event) => {
  const tags = event.tags || [];
  if (event.kind === "task" && event.birth === "thread") return null;
  if (tags.includes("failed")) return tags.includes("benign") ? null : MARKS[0];
  return MARKS.find((m) => tags.includes(m[0])) || null;
};
const polygon = (to, px, py, ...points) => {
  points.forEach(([dx, dy], i) => to[i ? "lineTo" : "moveTo"](px + dx, py + dy));
  to.closePath();
};
const around = (n, radius, from) =>
  Array.from({ length: n }, (_, i) => {
    const r = typeof radius === "function" ? radius(i) : radius,
      a = from + (i * 2 * Math.PI) / n;
    return [r * Math.cos(a), r * Math.sin(a)];
  });
const shapes = {
  cross(to, x, y) {
    to.moveTo(x - 4, y - 4);
    to.lineTo(x + 4, y + 4);
    to.moveTo(x + 4, y - 4);
    to.lineTo(x - 4, y + 4);
  },
  tick(to, x, y) {
    to.moveTo(x, y - 6);
    to.lineTo(x, y + 6);
  },
  diamond(to, x, y) {
    polygon(to, x, y, [0, -6], [6, 0], [0, 6], [-6, 0]);
  },
  square(to, x, y) {
    to.rect(x - 4, y - 4, 8, 8);
  },
  gauge(to, x, y) {
    to.moveTo(x - 5, y + 4);
    to.lineTo(x - 5, y - 4);
    to.lineTo(x + 5, y - 4);
    to.lineTo(x + 5, y + 4);
  },
  triangle(to, x, y) {
    polygon(to, x, y, [0, -5], [5, 4], [-5, 4]);
  },
  circle(to, x, y) {
    to.moveTo(x + 4, y);
    to.arc(x, y, 4, 0, 7);
  },
  ring(to, x, y) {
    to.moveTo(x + 3.5, y);
    to.arc(x, y, 3.5, 0, 7);
  },
  play(to, x, y) {
    polygon(to, x, y, [-5, -7], [7, 0], [-5, 7]);
  },
  bubble(to, x, y) {
    to.rect(x - 5, y - 4, 10, 6);
    to.moveTo(x - 2, y + 2);
    to.lineTo(x - 2, y + 6);
  },
  wall(to, x, y) {
    to.rect(x - 5, y - 5, 10, 10);
    to.moveTo(x - 5, y);
    to.lineTo(x + 5, y);
    to.moveTo(x, y - 5);
    to.lineTo(x, y);
  },
  net(to, x, y) {
    to.moveTo(x - 6, y);
    to.lineTo(x + 6, y);
    to.moveTo(x - 2, y - 4);
    to.lineTo(x - 6, y);
    to.lineTo(x - 2, y + 4);
    to.moveTo(x + 2, y - 4);
    to.lineTo(x + 6, y);
    to.lineTo(x + 2, y + 4);
  },
  device(to, x, y) {
    to.rect(x - 3, y - 3, 6, 6);
  },
  flag(to, x, y) {
    to.moveTo(x - 3, y + 6);
    to.lineTo(x - 3, y - 6);
    to.lineTo(x + 5, y - 3);
    to.lineTo(x - 3, y);
  },
  hexagon(to, x, y) {
    polygon(to, x, y, ...around(6, 5.5, 0));
  },
  star(to, x, y) {
    polygon(to, x, y, ...around(10, (i) => (i % 2 ? 3 : 7.5), -Math.PI / 2));
  },
};
const OPEN = new Set(["cross", "tick", "bubble", "ring", "gauge", "wall", "net", "device", "flag"]);
function drawMark(to, shape, px, py, color) {
  to.beginPath();
  shapes[shape](to, px, py);
  to.strokeStyle = to.fillStyle = color;
  to.lineWidth = shape === "cross" ? 2.5 : 1.5;
  if (OPEN.has(shape)) to.stroke();
  else to.fill();
}

let colors = {};
const COLORS = [
  "bg",
  "panel",
  "fg",
  "dim",
  "line",
  "life",
  "engine",
  "runtime",
  "inside",
  "helper",
  "bad",
  "mark",
  "pick",
  "band-a",
  "band-b",
  "box",
  "box-line",
  "fork",
  "arrow",
  "start",
];
const readColors = () => {
  const style = getComputedStyle(document.documentElement);
  for (const name of COLORS) colors[name] = style.getPropertyValue("--" + name).trim();
};
const ROLE_COLOR = {
  engine: "engine",
  daemon: "engine",
  monitor: "engine",
  runtime: "runtime",
  hook: "runtime",
  init: "inside",
  payload: "inside",
};
const lifeColor = (p) => colors[p.inside ? "inside" : ROLE_COLOR[p.role] || "helper"];
const colorOf = (event) =>
  event.error
    ? colors[isBenign(event) ? "dim" : "bad"]
    : event.mark && (event.mark[0] === "payload" || event.mark[0] === "root")
      ? colors.start
      : colors.mark;

/* Text cut to fit, with an ellipsis; how it was cut is kept, because measuring is slow. */
const cuts = new Map();
function cut(pen, text, room) {
  const key = Math.floor(room) + pen.font + text;
  let found = cuts.get(key);
  if (found !== undefined) return found;
  found = plain(text.length > 400 ? text.slice(0, 400) : text);
  if (pen.measureText(found).width > room) {
    let low = 0,
      high = found.length;
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if (pen.measureText(found.slice(0, mid) + "…").width <= room) low = mid;
      else high = mid - 1;
    }
    found = low ? found.slice(0, low) + "…" : "";
  }
  if (cuts.size > 5000) cuts.clear();
  cuts.set(key, found);
  return found;
}
function label(pen, text, px, py, room, color) {
  if (room < 14) return 0;
  const fits = cut(pen, text, room);
  pen.fillStyle = color;
  pen.fillText(fits, px, py);
  return pen.measureText(fits).width;
}
