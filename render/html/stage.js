/* SPDX-License-Identifier: MIT */
/* Where things are: times and rows on a stage, which is what is drawn on: the window's canvas,
   or a sheet of paper. */
const canvas = $("lanes"),
  chart = $("chart");
const AXIS = 22,
  BIG = 20,
  STEP = 18,
  METER_ROW = 60;
let rowHeight = 24; /* few rows are higher */
const stage = {
  pen: canvas.getContext("2d"),
  width: 0,
  height: 0,
  scroll: 0,
  t0: 0,
  t1: end,
  label: 0,
};
const HEAD = AXIS + bigLines * BIG + stepLines * STEP + 4;
let tops = []; /* where each row begins */
let current = -1; /* the row that the keyboard is at */
let absent = 0; /* rows that are not there now */
/* Of very many rows only those are there in which somebody lives at the time that is shown. */
const CROWD = 80;
const lives = (from, to) => from <= stage.t1 && to >= stage.t0;
const isThere = (row) =>
  rows.length <= CROWD ||
  (row.box === root && row.head) ||
  (row.head || row.meters
    ? lives(row.box.from, row.box.to)
    : row.processes.some((p) => lives(p.born_ns, lastOf(p))));
const heightOf = (row) =>
  !isThere(row) ? 0 : row.head ? rowHeight + 4 : row.meters ? METER_ROW : rowHeight;
function placeRows(room) {
  rowHeight = Math.max(24, Math.min(36, Math.floor(room / (rows.length + 1))));
  tops = [0];
  absent = 0;
  for (const row of rows) {
    const height = heightOf(row);
    if (!height) absent++;
    tops.push(tops[tops.length - 1] + height);
  }
}
/* What is in the middle stays there when rows come and go. */
function keepPlace() {
  if (rows.length <= CROWD) return;
  const focus =
    picked >= 0 ? rowOf.get(report.events[picked].serial) : rowAt(HEAD + (stage.height - HEAD) / 2);
  if (focus === undefined || focus < 0) return;
  const before = tops[focus] - stage.scroll;
  placeRows(stage.height - HEAD);
  $("spacer").style.height = Math.max(0, total() - stage.height) + "px";
  chart.scrollTop = tops[focus] - before;
}
const total = () => HEAD + tops[rows.length] + 10;
const labelRoom = (width) =>
  width < 560 ? 108 : Math.min(300, Math.max(190, Math.round(width * 0.24)));
const x = (t) =>
  stage.label + ((t - stage.t0) / (stage.t1 - stage.t0)) * (stage.width - stage.label - 10);
const timeAt = (px) =>
  stage.t0 + ((px - stage.label) / (stage.width - stage.label - 10)) * (stage.t1 - stage.t0);
const y = (i) => HEAD + tops[i] - stage.scroll;
const middle = (i) => y(i) + (tops[i + 1] - tops[i]) / 2;
const rowAt = (py) => {
  if (py < HEAD || py + stage.scroll - HEAD >= tops[rows.length]) return -1;
  return lowerBound(tops, py + stage.scroll - HEAD + 0.001) - 1;
};
const visible = () => {
  const first = Math.max(0, rowAt(HEAD + 0.5));
  let past = first;
  while (past < rows.length && y(past) < stage.height) past++;
  return [first, past];
};
const clampX = (px) => Math.max(stage.label - 20, Math.min(stage.width + 20, px));
