/* SPDX-License-Identifier: MIT */
/* What the container's cgroup was sampled to: a curve below its processes, and in its panel. */
const CURVES = [
  /* figure of the samples, words, unit */ ["memory", "memory", "bytes"],
  ["cpu_milli", "CPU", "cpus"],
  ["pids", "tasks", ""],
  ["io_read", "read from disks", "bytes"],
  ["io_written", "written to disks", "bytes"],
];
function amount(value, unit) {
  if (value === null || value === undefined) return "–";
  if (unit === "bytes") {
    const names = ["B", "KiB", "MiB", "GiB", "TiB"];
    let i = 0;
    while (value >= 1024 && i < names.length - 1) {
      value /= 1024;
      i++;
    }
    return (i ? value.toFixed(value < 10 ? 1 : 0) : value) + " " + names[i];
  }
  if (unit === "cpus") return (value / 1000).toFixed(2) + " CPUs";
  if (unit === "ns") return ms(value);
  return Number(value).toLocaleString("en");
}
/* Points of a curve; what a container used of its CPUs is what grew between two samples. */
function pointsOf(meters, figure) {
  const samples = meters.samples || [];
  if (figure !== "cpu_milli") {
    /* what the kernel tells of the time between two samples is in neither */
    const between = (meters.between || []).filter((b) => b.figure === figure);
    return between
      .map((b) => [b.t_ns, b.value])
      .concat(samples.filter((s) => s[figure] !== undefined).map((s) => [s.t_ns, s[figure]]))
      .sort((a, b) => a[0] - b[0]);
  }
  const points = [];
  let before = null;
  for (const s of samples) {
    if (s.cpu === undefined) continue;
    if (before && s.t_ns - before.t_ns > 1e6)
      points.push([s.t_ns, (1000 * Math.max(0, s.cpu - before.cpu)) / (s.t_ns - before.t_ns)]);
    if (!before || s.t_ns - before.t_ns > 1e6) before = s;
  }
  return points;
}
/* A curve in steps: a value holds until the next sample. */
function drawCurve(pen, points, limit, toX, top, height) {
  const peak = points.reduce((m, p) => Math.max(m, p[1]), 1),
    near = limit && limit < 8 * peak ? limit : 0 /* a limit far away would press the curve flat */,
    most = Math.max(near, peak),
    toY = (v) => top + height - (v / most) * height;
  if (!points.length) return;
  pen.beginPath();
  pen.moveTo(toX(points[0][0]), top + height);
  points.forEach(([t, v], i) => {
    pen.lineTo(toX(t), toY(i ? points[i - 1][1] : v));
    pen.lineTo(toX(t), toY(v));
  });
  pen.lineTo(toX(points[points.length - 1][0]), top + height);
  pen.closePath();
  pen.fillStyle = colors.inside;
  pen.fill();
  pen.strokeStyle = colors.start;
  pen.lineWidth = 1.5;
  pen.stroke();
  if (!near) return;
  pen.strokeStyle = colors.bad;
  pen.setLineDash([6, 3]);
  pen.beginPath();
  pen.moveTo(toX(points[0][0]), toY(limit));
  pen.lineTo(toX(points[points.length - 1][0]), toY(limit));
  pen.stroke();
  pen.setLineDash([]);
}
const limitOf = (meters, figure) =>
  ({ memory: meters.limits.memory, pids: meters.limits.pids, cpu_milli: meters.limits.cpu_milli })[
    figure
  ] || null;
function drawMeters(meters, top, height) {
  const { pen } = stage,
    points = pointsOf(meters, "memory"),
    limit = limitOf(meters, "memory");
  drawCurve(pen, points, limit, (t) => clampX(x(t)), top + 16, height - 20);
  const last = points.length ? Math.max(...points.map((p) => p[1])) : null;
  const a = Math.max(stage.label, points.length ? x(points[0][0]) : 0);
  label(
    pen,
    "memory, at most " + amount(last, "bytes") + (limit ? " of " + amount(limit, "bytes") : ""),
    a + 6,
    top + 9,
    stage.width - a - 12,
    colors.fg,
  );
  for (const e of meters.events || []) {
    const px = x(e.t_ns);
    if (px < stage.label || px > stage.width) continue;
    drawMark(pen, e.kind === "oom-kill" ? "cross" : "gauge", px, top + height - 12, colors.bad);
    label(pen, e.kind, px + 8, top + height - 12, 80, colors.bad);
  }
}
const PRESSURE = {
  "oom-kill": (e) => plural(e.amount, "process", "processes") + " killed for lack of memory",
  throttled: (e) =>
    "held back " + ms(e.held_ns) + ": its CPU quota was used up in " + plural(e.amount, "period"),
  "fork-refused": (e) => plural(e.amount, "fork") + " refused at pids.max",
};
const pressureWords = (e) => (Object.hasOwn(PRESSURE, e.kind) ? PRESSURE[e.kind](e) : e.kind);
function meterPanel(meters) {
  const parts = [make("p", null, mono(meters.cgroup || "–"))];
  for (const [figure, words, unit] of CURVES) {
    const points = pointsOf(meters, figure),
      limit = limitOf(meters, figure);
    if (!points.some(([, v]) => v > 0)) continue;
    const peak = meters.peaks && meters.peaks[figure];
    const most = peak ? peak.value : points.reduce((m, p) => Math.max(m, p[1]), 0);
    const c = make("canvas", { class: "curve", role: "img", "aria-label": words + " over time" });
    c.repaint = () => {
      const pen = c.getContext("2d"),
        scale = window.devicePixelRatio || 1,
        wide = 380,
        from = points[0][0];
      const to = Math.max(points[points.length - 1][0], from + 1);
      c.width = wide * scale;
      c.height = 70 * scale;
      pen.setTransform(scale, 0, 0, scale, 0, 0);
      drawCurve(pen, points, limit, (t) => 4 + ((t - from) / (to - from)) * (wide - 8), 6, 60);
    };
    parts.push(
      make(
        "h3",
        null,
        words +
          ": at most " +
          amount(most, unit) +
          (limit ? " of " + amount(limit, unit) : ", no limit"),
      ),
      c,
    );
  }
  if ((meters.events || []).length)
    parts.push(
      make("h3", null, "what the limits did"),
      grid(
        ["at", "what"],
        meters.events.map((e) => [
          at(e.t_ns, e.event),
          make("span", { class: "bad" }, pressureWords(e)),
        ]),
      ),
    );
  return parts;
}
