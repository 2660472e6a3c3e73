/* SPDX-License-Identifier: MIT */
/* On paper: the whole run on sheets of a page's size, in light colours, and every panel below. */
const SHEET = { width: 1040, rows: 34 };
let before = null;
function drawSheet(first, past) {
  const sheet = make("canvas", { class: "sheet" }),
    height = HEAD + tops[past] - tops[first] + 6,
    scale = 2;
  sheet.width = SHEET.width * scale;
  sheet.height = height * scale;
  Object.assign(stage, {
    pen: sheet.getContext("2d"),
    width: SHEET.width,
    height,
    scroll: tops[first],
    label: labelRoom(SHEET.width),
  });
  stage.pen.setTransform(scale, 0, 0, scale, 0, 0);
  paint();
  return sheet;
}
window.addEventListener("beforeprint", () => {
  before = { stage: { ...stage }, theme: document.documentElement.dataset.theme };
  document.documentElement.dataset.theme = "light";
  readColors();
  for (const t of TABS) if (t !== "events" && t !== "event") fillPanel(t);
  for (const d of document.querySelectorAll("#panels details")) d.open = true;
  legend();
  Object.assign(stage, { t0: 0, t1: end });
  placeRows(0);
  for (let first = 0; first < rows.length && first < 12 * SHEET.rows; first += SHEET.rows)
    $("sheets").append(drawSheet(first, Math.min(rows.length, first + SHEET.rows)));
  if (rows.length > 12 * SHEET.rows)
    $("sheets").append(make("p", null, plural(rows.length - 12 * SHEET.rows, "more row")));
});
window.addEventListener("afterprint", () => {
  if (!before) return;
  Object.assign(stage, before.stage);
  $("sheets").replaceChildren();
  theme(before.theme);
  before = null;
});
