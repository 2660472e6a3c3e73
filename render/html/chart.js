/* SPDX-License-Identifier: MIT */
/* The picture: boxes, lives, marks, the axis and the phases above. */
const units = (step) =>
  (step >= 1e7 && stage.t1 >= 1e10) || step >= 1e9
    ? [1e9, " s"]
    : step >= 1e5
      ? [1e6, " ms"]
      : [1e3, " µs"];

function drawAxis() {
  const { pen } = stage,
    raw = (stage.t1 - stage.t0) / Math.max(2, (stage.width - stage.label) / 110);
  const base = Math.pow(10, Math.floor(Math.log10(raw)));
  const step = [1, 2, 5, 10].map((n) => n * base).find((n) => n >= raw);
  const [unit, name] = units(step);
  const digits = Math.max(0, Math.min(6, -Math.floor(Math.log10(step / unit) + 1e-9)));
  for (let t = Math.ceil(stage.t0 / step) * step; t <= stage.t1; t += step) {
    const px = Math.round(x(t));
    pen.fillStyle = colors.line;
    pen.fillRect(px, AXIS - 5, 1, 5);
    if (px < stage.width - 40)
      label(pen, (t / unit).toFixed(digits) + name, px + 4, AXIS / 2, 100, colors.dim);
  }
  const part = (stage.t1 - stage.t0) / end,
    room = stage.width - stage.label - 10;
  if (part > 0.999) return;
  pen.fillStyle = colors.line;
  pen.fillRect(stage.label, AXIS - 2, room, 2);
  pen.fillStyle = colors.mark;
  pen.fillRect(stage.label + (stage.t0 / end) * room, AXIS - 3, Math.max(4, part * room), 3);
}
function drawPhases(list, py, height) {
  const { pen } = stage;
  list.forEach((p, i) => {
    const a = clampX(x(p.start_ns)),
      b = clampX(x(p.end_ns)),
      top = py + p.line * height;
    if (b <= stage.label || a >= stage.width) return;
    pen.fillStyle = colors[i % 2 ? "band-b" : "band-a"];
    pen.fillRect(a, top, Math.max(b - a, 2), height - 2);
    pen.strokeStyle = colors["box-line"];
    pen.lineWidth = 1;
    pen.strokeRect(a + 0.5, top + 0.5, Math.max(b - a - 1, 1), height - 3);
    const from = Math.max(a, stage.label);
    const words =
      p.step && pen.measureText(phaseWords(p)).width > b - from - 8
        ? String(p.step)
        : phaseWords(p);
    label(
      pen,
      words,
      from + (words.length > 1 ? 5 : 2),
      top + height / 2 - 1,
      b - from - (words.length > 1 ? 8 : -2),
      colors.fg,
    );
  });
}
function drawHead() {
  const { pen } = stage;
  pen.fillStyle = colors.bg;
  pen.fillRect(0, 0, stage.width, HEAD);
  drawAxis();
  drawPhases(bigPhases, AXIS, BIG);
  drawPhases(stepPhases, AXIS + bigLines * BIG, STEP);
  pen.fillStyle = colors.bg;
  pen.fillRect(0, 0, stage.label, HEAD);
  label(pen, "phases", 10, AXIS + BIG / 2, stage.label - 14, colors.dim);
  if (stepPhases.length)
    label(
      pen,
      stage.label < 150 ? "steps" : "steps of the runtime",
      10,
      AXIS + bigLines * BIG + STEP / 2,
      stage.label - 14,
      colors.dim,
    );
  pen.fillStyle = colors.line;
  pen.fillRect(0, HEAD - 1, stage.width, 1);
}
/* Boxes are as long as what they stand for: a container begins when its namespaces are made. */
function drawBoxes(first, past) {
  const { pen } = stage;
  for (const box of boxes.values()) {
    if (
      box === root ||
      !tops[box.past] ||
      box.row === undefined ||
      box.past <= first ||
      box.row >= past
    )
      continue;
    if (box.up && !isOpen(box.up)) continue;
    const a = clampX(x(box.from)),
      b = clampX(x(box.to) + 3),
      top = Math.max(y(box.row), HEAD - 20);
    const bottom = Math.min(HEAD + tops[box.past] - stage.scroll, stage.height + 20) - 2;
    pen.fillStyle = colors.box;
    pen.fillRect(a, top + 2, Math.max(b - a, 3), bottom - top - 2);
    pen.strokeStyle = colors["box-line"];
    pen.lineWidth = box.container ? 1.5 : 1;
    pen.setLineDash(box.container ? [] : [5, 3]);
    pen.strokeRect(a + 0.5, top + 2.5, Math.max(b - a, 3), bottom - top - 3);
    pen.setLineDash([]);
  }
}
let taken = []; /* rectangles in which something is written or lives */
const take = (left, top, wide, high) => {
  if (taken.length < 3000) taken.push([left, top, wide, high]);
};
const isFree = (left, top, wide, high) =>
  !taken.some(
    (t) => t[0] < left + wide && left < t[0] + t[2] && t[1] < top + high && top < t[1] + t[3],
  );
function write(text, left, mid, room, color) {
  const wide = label(stage.pen, text, left, mid, room, color);
  if (wide) take(left, mid - 8, wide, 16);
}
const isOpen = (box) => box.open && (!box.up || isOpen(box.up));
function drawSeparators() {
  const { pen } = stage;
  pen.strokeStyle = colors.line;
  pen.lineWidth = 1;
  pen.setLineDash([1, 3]);
  pen.beginPath();
  for (const p of bigPhases.length < 200 ? bigPhases : []) {
    const px = Math.round(x(p.start_ns)) + 0.5;
    if (px > stage.label && px < stage.width) {
      pen.moveTo(px, HEAD);
      pen.lineTo(px, stage.height);
    }
  }
  pen.stroke();
  pen.setLineDash([]);
}
function drawLife(p, mid, tall) {
  const { pen } = stage,
    a = clampX(x(p.born_ns)),
    b = clampX(x(lastOf(p)));
  if (b < stage.label || a > stage.width) return;
  pen.fillStyle = lifeColor(p);
  pen.fillRect(a, mid - tall / 2, Math.max(b - a, 1.5), tall);
  take(a, mid - tall / 2, b - a, tall);
  if (p.exited_ns === null) return;
  pen.fillStyle = colors.dim;
  pen.fillRect(b - 1, mid - tall / 2, 1.5, tall);
}
/* Of marks that would lie on each other the most telling one is drawn. */
function drawMarks(row, i, mid) {
  const { pen } = stage,
    { list, t, rank } = eventsIn(row),
    drawn = [];
  const margin = (8 * (stage.t1 - stage.t0)) / stage.width;
  for (let at = lowerBound(t, stage.t0 - margin); at < t.length && t[at] <= stage.t1 + margin;) {
    const px = x(t[at]);
    let best = at;
    for (at++; at < t.length && x(t[at]) - px < 5; at++) if (rank[at] > rank[best]) best = at;
    drawn.push([x(t[best]), list[best]]);
  }
  drawn.forEach(([px, event], n) => {
    const next = n + 1 < drawn.length ? drawn[n + 1][0] : stage.width;
    const long = event.dur_ns ? x(event.t_ns + event.dur_ns) - px : 0;
    if (long > 3) {
      pen.fillStyle = colorOf(event);
      pen.fillRect(px, mid + rowHeight / 2 - 6, Math.min(long, stage.width - px), 2);
    }
    drawMark(
      pen,
      event.mark ? event.mark[1] : event.error ? "cross" : "tick",
      px,
      mid,
      colorOf(event),
    );
    if (next - px > 70 && px > stage.label)
      write(brief(event), px + 9, mid, next - px - 20, colors.fg);
  });
}
function drawPicked() {
  const event = report.events[picked],
    i = event && rowOf.get(event.serial);
  if (!event || i === undefined) return;
  const { pen } = stage,
    px = x(event.t_ns);
  if (px < stage.label - 8 || px > stage.width || y(i) < HEAD - rowHeight) return;
  pen.strokeStyle = colors.pick;
  pen.lineWidth = 3;
  pen.strokeRect(px - 9, y(i) + 2, 18, tops[i + 1] - tops[i] - 4);
  drawMark(
    pen,
    event.mark ? event.mark[1] : event.error ? "cross" : "tick",
    px,
    middle(i),
    colorOf(event),
  );
}
function drawRow(row, i) {
  const { pen } = stage,
    mid = middle(i);
  if (i === current) {
    pen.fillStyle = colors.line;
    pen.fillRect(0, y(i), stage.width, heightOf(row));
  }
  if (row.meters) {
    drawMeters(row.meters, y(i), METER_ROW);
    return;
  }
  for (const p of row.processes) drawLife(p, mid, row.head ? 8 : rowHeight - 8);
  if (row.processes.length) drawMarks(row, i, mid);
  else if (row.head && row.box !== root) drawBoxWords(row.box, mid);
}
/* In the box when they fit, else where there is more room: arrows come down into boxes. */
function drawBoxWords(box, mid) {
  const { pen } = stage,
    words = boxWords(box),
    a = Math.max(x(box.from), stage.label),
    b = Math.min(x(box.to), stage.width);
  const wide = pen.measureText(words).width,
    left = a - stage.label - 20,
    right = stage.width - b - 20;
  if (b - a > wide + 24 || Math.max(left, right) < 120)
    write(words, a + 8, mid, stage.width - a - 16, colors.dim);
  else if (right >= Math.min(wide, left)) write(words, b + 10, mid, right, colors.dim);
  else write(words, a - 10 - Math.min(wide, left), mid, left, colors.dim);
}
/* Names at the left; bars say in which boxes a row is. */
function drawLabels(first, past) {
  const { pen } = stage;
  pen.fillStyle = colors.panel;
  pen.fillRect(0, HEAD, stage.label, stage.height - HEAD);
  pen.fillStyle = colors.line;
  pen.fillRect(stage.label - 1, HEAD, 1, stage.height - HEAD);
  for (let i = first; i < past; i++) {
    if (tops[i + 1] === tops[i]) continue;
    const row = rows[i],
      mid = middle(i),
      left = 8 + Math.min(row.box.depth, 5) * 10;
    if (i === current) {
      pen.fillStyle = colors.line;
      pen.fillRect(0, y(i), stage.label, heightOf(row));
    }
    pen.fillStyle = colors["box-line"];
    for (let d = 1; d <= Math.min(row.box.depth, 5); d++)
      pen.fillRect(d * 10 - 4, y(i), 3, heightOf(row));
    if (row.head) {
      pen.font = "bold " + FONT;
      const folds = row.box.boxes.length || row.box.members.length;
      label(
        pen,
        (folds ? (row.box.open ? "▾ " : "▸ ") : "") + boxName(row.box),
        left,
        mid,
        stage.label - left - 8,
        colors.fg,
      );
      pen.font = FONT;
      continue;
    }
    if (row.meters) continue;
    const indent = left + 12 + Math.min(row.depth, 6) * (stage.label < 150 ? 4 : 11),
      role = row.process.role === "unknown" || stage.label < 150 ? "" : row.process.role;
    const used = role ? Math.min(70, pen.measureText(role).width + 12) : 4;
    if (row.processes.length > 1 || unfolded.has(row.process.serial))
      label(pen, row.processes.length > 1 ? "▸" : "▾", indent - 11, mid, 14, colors.dim);
    label(
      pen,
      stage.label < 150 ? briefName(row) : rowName(row),
      indent,
      mid,
      stage.label - indent - used - 4,
      colors.fg,
    );
    label(pen, role, stage.label - used, mid, 70, colors.dim);
  }
}
const FONT = "12px system-ui, sans-serif";
function paint() {
  taken = [];
  const { pen } = stage,
    [first, past] = visible();
  pen.font = FONT;
  pen.textBaseline = "middle";
  pen.fillStyle = colors.bg;
  pen.fillRect(0, 0, stage.width, stage.height);
  drawSeparators();
  drawBoxes(first, past);
  for (let i = first; i < past; i++) if (tops[i + 1] > tops[i]) drawRow(rows[i], i);
  drawArrows(first, past);
  drawPicked();
  drawLabels(first, past);
  drawHead();
}
let queued = false;
function draw() {
  if (queued) return;
  queued = true;
  requestAnimationFrame(drawNow);
}
/* The canvas is as large as its window and stays in it; a spacer makes the way to scroll. */
function drawNow() {
  const scale = window.devicePixelRatio || 1;
  queued = false;
  stage.width = chart.clientWidth;
  stage.height = chart.clientHeight;
  stage.label = labelRoom(stage.width);
  stage.scroll = chart.scrollTop;
  placeRows(stage.height - HEAD);
  $("spacer").style.height = Math.max(0, total() - stage.height) + "px";
  if (
    canvas.width !== Math.round(stage.width * scale) ||
    canvas.height !== Math.round(stage.height * scale)
  ) {
    canvas.width = Math.round(stage.width * scale);
    canvas.height = Math.round(stage.height * scale);
    canvas.style.width = stage.width + "px";
    canvas.style.height = stage.height + "px";
  }
  stage.pen.setTransform(scale, 0, 0, scale, 0, 0);
  paint();
}
