/* SPDX-License-Identifier: MIT */
/* Zoom and pan: mouse, fingers, keys. */
function show(t0, t1) {
  const span = Math.min(end, Math.max(1000, t1 - t0));
  stage.t0 = Math.max(0, Math.min(end - span, t0));
  stage.t1 = stage.t0 + span;
  keepPlace();
  $("all").disabled = span === end;
  draw();
}
function zoom(factor, around) {
  const span = Math.min(end, Math.max(1000, (stage.t1 - stage.t0) * factor));
  const part = (around - stage.t0) / (stage.t1 - stage.t0);
  show(around - part * span, around + (1 - part) * span);
}
const pan = (dt) => show(stage.t0 + dt, stage.t1 + dt);
const panPixels = (px) => pan((px / (stage.width - stage.label)) * (stage.t1 - stage.t0));
const whole = () => show(0, end);
const centre = () => (stage.t0 + stage.t1) / 2;
function showPhase(p) {
  const margin = Math.max(1000, (p.end_ns - p.start_ns) / 12);
  show(p.start_ns - margin, p.end_ns + margin);
}
/* Scrolls so that a row can be seen below the axis. */
function reveal(i) {
  const top = tops[i],
    bottom = tops[i + 1],
    room = chart.clientHeight - HEAD;
  if (top < chart.scrollTop) chart.scrollTop = top - 40;
  else if (bottom > chart.scrollTop + room) chart.scrollTop = bottom - room + 40;
}
function toggleRow(i) {
  const row = rows[i];
  if (!row || row.meters) return;
  if (row.head) row.box.open = !row.box.open;
  else if (unfolded.has(row.processes[0].serial)) unfolded.delete(row.processes[0].serial);
  else if (row.processes.length > 1) unfolded.add(row.processes[0].serial);
  else {
    const kin =
      rows[i - 1] &&
      [...unfolded].find(
        (s) =>
          bySerial.get(s).creator &&
          row.process.creator &&
          bySerial.get(s).creator.serial === row.process.creator.serial &&
          programOf(bySerial.get(s)) === programOf(row.process),
      );
    if (!kin) return;
    unfolded.delete(kin);
  }
  makeRows();
  draw();
}
const place = (e) => {
  const r = canvas.getBoundingClientRect();
  return [e.clientX - r.left, e.clientY - r.top];
};
chart.addEventListener(
  "wheel",
  (e) => {
    if (e.shiftKey || Math.abs(e.deltaX) > Math.abs(e.deltaY)) {
      e.preventDefault();
      panPixels(e.deltaX || e.deltaY);
    } else if (e.ctrlKey || e.metaKey || chart.scrollHeight <= chart.clientHeight) {
      e.preventDefault();
      zoom(Math.exp(e.deltaY / 400), timeAt(place(e)[0]));
    }
  },
  { passive: false },
);

/* Up and down belongs to the browser for a finger (touch-action), so that it scrolls as it is used to. */
const fingers = new Map();
let moved = 0,
  spread = null;
canvas.addEventListener("pointerdown", (e) => {
  fingers.set(e.pointerId, place(e));
  canvas.setPointerCapture(e.pointerId);
  if (fingers.size === 1) moved = 0;
  spread = null;
});
canvas.addEventListener("pointermove", (e) => {
  const now = place(e),
    before = fingers.get(e.pointerId);
  if (!before) {
    hover(now, e);
    return;
  }
  fingers.set(e.pointerId, now);
  moved += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
  if (fingers.size > 1) {
    pinch();
    return;
  }
  panPixels(before[0] - now[0]);
  if (e.pointerType === "mouse") chart.scrollTop += before[1] - now[1];
});
/* What is between two fingers stays between them. */
function pinch() {
  const [a, b] = [...fingers.values()],
    far = Math.max(20, Math.hypot(a[0] - b[0], a[1] - b[1])),
    mid = (a[0] + b[0]) / 2;
  if (spread) {
    panPixels(spread.mid - mid);
    zoom(spread.far / far, timeAt(mid));
  }
  spread = { far, mid };
}
for (const name of ["pointerup", "pointercancel"])
  canvas.addEventListener(name, (e) => {
    const alone = fingers.size === 1;
    fingers.delete(e.pointerId);
    spread = null;
    if (name === "pointerup" && alone && moved < 6)
      click(...place(e), e.pointerType === "touch" ? 16 : 8);
  });
canvas.addEventListener("dblclick", (e) => {
  const [px, py] = place(e);
  if (px > stage.label && py > HEAD && eventNear(px, py, 8) < 0) zoom(0.4, timeAt(px));
});
function phaseAt(px, py) {
  const inBig = py < AXIS + bigLines * BIG,
    t = timeAt(px);
  if (py < AXIS || py >= HEAD || px < stage.label) return null;
  const line = Math.floor(inBig ? (py - AXIS) / BIG : (py - AXIS - bigLines * BIG) / STEP);
  return (
    (inBig ? bigPhases : stepPhases).find(
      (p) => p.line === line && t >= p.start_ns && t <= p.end_ns,
    ) || null
  );
}
/* A click on a phase shows that phase, on a mark its event, on a name at the left what it hides. */
function click(px, py, reach) {
  const phase = phaseAt(px, py),
    i = rowAt(py);
  if (phase) {
    showPhase(phase);
    return;
  }
  if (i < 0) return;
  current = -1;
  if (px < stage.label || (rows[i].head && eventNear(px, py, reach) < 0)) {
    toggleRow(i);
    return;
  }
  const index = eventNear(px, py, reach),
    arrow = index < 0 && arrowNear(px, py);
  if (index >= 0) pick(index);
  else if (arrow) pick(arrow.event);
}
function eventNear(px, py, reach) {
  const row = rows[rowAt(py)];
  if (!row || px < stage.label || !row.processes.length) return -1;
  const { list, t, rank } = eventsIn(row);
  let best = -1,
    far = reach;
  for (let n = lowerBound(t, timeAt(px - reach)); n < t.length && x(t[n]) <= px + reach; n++) {
    const d = Math.abs(x(t[n]) - px) - rank[n] / 32; /* what is drawn on top is meant */
    if (d < far) {
      far = d;
      best = list[n].index;
    }
  }
  return best;
}
function hover([px, py], e) {
  const index = eventNear(px, py, 8),
    arrow = index < 0 && px > stage.label ? arrowNear(px, py) : null,
    phase = phaseAt(px, py);
  const i = rowAt(py),
    row = rows[i],
    tip = $("tip");
  const words =
    index >= 0
      ? ms(report.events[index].t_ns) + "  " + title(report.events[index]).slice(0, 600)
      : arrow
        ? ms(arrow.to_ns) + "  " + arrowWords(arrow)
        : phase
          ? phaseWords(phase) + "  " + ms(phase.busy_ns) + (phase.detail ? "  " + phase.detail : "")
          : row && px < stage.label
            ? row.head
              ? boxName(row.box) + "  " + boxWords(row.box)
              : row.process
                ? rowName(row) + "  " + row.process.role
                : ""
            : "";
  canvas.style.cursor =
    index >= 0 || arrow || phase || (row && row.head)
      ? "pointer"
      : px > stage.label
        ? "grab"
        : "default";
  if (arrow !== hoveredArrow) {
    hoveredArrow = arrow;
    draw();
  }
  tip.hidden = !words;
  if (!words) return;
  tip.textContent = plain(words);
  tip.style.left =
    Math.max(4, Math.min(e.clientX + 14, window.innerWidth - tip.offsetWidth - 8)) + "px";
  tip.style.top = Math.min(e.clientY + 18, window.innerHeight - tip.offsetHeight - 8) + "px";
}
canvas.addEventListener("pointerleave", () => {
  $("tip").hidden = true;
});
chart.addEventListener("scroll", draw);
window.addEventListener("resize", () => {
  draw();
  fillList();
});
