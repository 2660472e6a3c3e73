/* SPDX-License-Identifier: MIT */
/* The keyboard, and the help that is made of the same table. */
function moveRow(direction) {
  let next = current < 0 ? visible()[0] : current + direction;
  while (rows[next] && tops[next + 1] === tops[next]) next += direction;
  if (!rows[next]) return;
  current = next;
  reveal(current);
  say(rowName(rows[current]) + (rows[current].process ? ", " + rows[current].process.role : ""));
  draw();
}
function pickNext(direction) {
  if (!matches.length) {
    say("no event");
    return;
  }
  const i = lowerBound(matches, picked < 0 ? 0 : picked);
  const next = direction > 0 ? (matches[i] === picked ? i + 1 : i) : i - 1;
  if (next >= 0 && next < matches.length) pick(matches[next]);
  else say(direction > 0 ? "no later event" : "no earlier event");
}
function showStep(n) {
  const phase = stepPhases.find((p) => p.step === n);
  if (phase) {
    showPhase(phase);
    say("step " + phaseWords(phase));
  } else say("there is no step " + n);
}
const span = () => stage.t1 - stage.t0;
const KEYS = [
  /* keys, words, what they do */
  [
    ["ArrowLeft", "ArrowRight"],
    "← →",
    "earlier, later",
    (k) => pan(k === "ArrowLeft" ? -span() / 8 : span() / 8),
  ],
  [
    ["ArrowUp", "ArrowDown"],
    "↑ ↓",
    "the row above, below",
    (k) => moveRow(k === "ArrowUp" ? -1 : 1),
  ],
  [
    ["Enter", " "],
    "Enter",
    "fold or unfold that row",
    () => {
      if (current >= 0) toggleRow(current);
    },
  ],
  [["+", "="], "+", "zoom in", () => zoom(0.6, centre())],
  [["-"], "−", "zoom out", () => zoom(1 / 0.6, centre())],
  [["0", "Home"], "0", "the whole run", whole],
  [
    ["1", "2", "3", "4", "5", "6", "7", "8"],
    "1 … 8",
    "zoom to that step of the runtime",
    (k) => showStep(Number(k)),
  ],
  [
    ["n", "p"],
    "n p",
    "the next, the previous event that is shown",
    (k) => pickNext(k === "n" ? 1 : -1),
  ],
  [
    ["/"],
    "/",
    "search",
    () => {
      $("search").focus();
      $("search").select();
    },
  ],
  [["f"], "f", "failures only", () => $("failures").click()],
  [["h"], "h", "hand-overs: some, all, none", () => $("arrows").click()],
  [["d"], "d", "dark or light", () => $("theme").click()],
  [["?"], "?", "this help", () => $("help").showModal()],
];
/* Keys of what has the focus go there first: fields, buttons, tabs and panels that scroll. */
function isFor(e, key) {
  const at = e.target;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) return false;
  if (/^(Enter| )$/.test(key)) return at === chart || at === document.body;
  return !/^(Arrow|Home)/.test(key) || at === chart || at === document.body;
}
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || $("help").open) return;
  if (e.target === $("search")) {
    if (e.key === "Escape") {
      e.target.value = "";
      takeWords();
      chart.focus();
    }
    if (e.key === "Enter") {
      takeWords();
      pickNext(1);
    }
    return;
  }
  const row = KEYS.find(([keys]) => keys.includes(e.key));
  if (!row || !isFor(e, e.key)) return;
  e.preventDefault();
  row[3](e.key);
});
function fillHelp() {
  const swatch = (shape) => {
    const c = make("canvas", { width: 28, height: 20 });
    c.dataset.shape = shape;
    return c;
  };
  $("help-body").append(
    make(
      "section",
      null,
      make("h2", null, "keys"),
      grid(
        ["key", "does"],
        KEYS.map((k) => [make("kbd", null, k[1]), k[2]]),
      ),
    ),
    make(
      "section",
      null,
      make("h2", null, "mouse and fingers"),
      make(
        "ul",
        null,
        ...[
          "drag, or one finger: earlier and later",
          "Ctrl and wheel, or two fingers: zoom",
          "a click on a phase zooms to it, on a mark shows its event",
          "a click on a name at the left folds and unfolds",
          "search understands pid:1 role:runtime call:mount tag:mount error:EPERM container:3f, and any words",
        ].map((t) => make("li", null, t)),
      ),
    ),
    make(
      "section",
      null,
      make("h2", null, "marks"),
      grid(
        ["", "means"],
        MARKS.map((m) => [swatch(m[1]), m[2]]),
      ),
    ),
    make(
      "section",
      null,
      make("h2", null, "hand-overs"),
      grid(
        ["", "means"],
        Object.entries(ARROWS).map(([kind, a]) => {
          const c = swatch("");
          c.dataset.arrow = kind;
          return [c, kind + ": " + a.means];
        }),
      ),
    ),
  );
}
/* The legend, in the colours that are used now. */
function legend() {
  for (const c of document.querySelectorAll("canvas[data-shape]")) {
    const to = c.getContext("2d");
    to.clearRect(0, 0, 28, 20);
    if (!c.dataset.arrow) {
      drawMark(to, c.dataset.shape, 14, 10, colors[c.dataset.shape === "cross" ? "bad" : "mark"]);
      continue;
    }
    const { dash, wide, tail } = styleOf(c.dataset.arrow);
    to.strokeStyle = to.fillStyle = colors.arrow;
    to.lineWidth = wide;
    to.setLineDash(dash);
    to.beginPath();
    to.moveTo(4, 10);
    to.lineTo(22, 10);
    to.stroke();
    to.setLineDash([]);
    to.beginPath();
    polygon(to, 27, 10, [0, 0], [-7, -4], [-7, 4]);
    to.fill();
    if (tail) drawMark(to, tail, 5, 10, colors.arrow);
  }
  for (const c of document.querySelectorAll("canvas.curve")) c.repaint();
}
