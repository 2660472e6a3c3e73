/* SPDX-License-Identifier: MIT */
/* What a person reads first: how it went, who took part, what was found. */
/* What --explain says of a phase or a step. */
function lessonPart(phase) {
  const l = (report.lessons || []).find((lesson) => lesson.word === phase.name);
  return l ? make("p", { class: "lesson" }, l.sentence, " ", mono(l.page)) : "";
}
/* The steps of the runtime that made what a panel is about, by number. */
const stepParts = (c, ...steps) =>
  report.phases
    .filter((p) => p.container === c.id && steps.includes(p.step))
    .flatMap((p) => [
      make("h3", { class: "step" }, phaseWords(p) + (p.detail ? " · " + p.detail : "")),
      lessonPart(p),
    ]);
/* Of many starts the sum of each phase is told. */
function phaseList() {
  if (report.phases.length <= 60)
    return report.phases.map((p) => ({
      p,
      from: p.start_ns,
      to: p.end_ns,
      busy: p.busy_ns,
      words: p.detail || "",
    }));
  const sums = new Map();
  for (const p of report.phases) {
    const sum = sums.get(phaseWords(p)) || { p, from: 0, to: 0, busy: 0, n: 0 };
    sum.busy += p.busy_ns;
    sum.to = sum.busy;
    sum.words = plural(++sum.n, "time");
    sums.set(phaseWords(p), sum);
  }
  return [...sums.values()];
}
function phaseTable() {
  const list = phaseList(),
    most = list.reduce((m, l) => Math.max(m, l.to), 1);
  const told = new Set(); /* the same sentence twice in a list is one too many */
  const lessonOnce = (p) => (told.has(p.name) ? "" : told.add(p.name) && lessonPart(p));
  const line = ({ p, from, to, busy, words }) => {
    const bar = make("div", { class: "bar" }),
      inner = make("i");
    inner.style.marginInlineStart = 100 * Math.max(0, Math.min(1, from / most)) + "%";
    inner.style.width = 100 * Math.max(0.01, Math.min(1, (to - from) / most)) + "%";
    bar.append(inner);
    const kind = "plain" + (p.step ? " step" : "");
    return make(
      "tr",
      null,
      make("td", null, make("button", { class: kind, onclick: () => showPhase(p) }, phaseWords(p))),
      make("td", { class: "wide" }, bar, make("span", { class: "dim" }, words), lessonOnce(p)),
      make("td", { class: "number" }, ms(busy)),
    );
  };
  return make("table", { class: "phases" }, ...list.map(line));
}
function overview() {
  const parts = [];
  for (const f of report.findings.filter((f) => f.severity !== "info").slice(0, 8))
    parts.push(findingPart(f));
  if (report.phases.length) parts.push(make("h2", null, "where the time went"), phaseTable());
  for (const c of report.containers.slice(0, 8))
    parts.push(
      make("h2", null, "container " + shortId(c.id)),
      rowsTable([
        ["runs", mono(c.payload ? (c.payload.argv || []).join(" ") : "its program never ran")],
        c.exit ? ["ended", exitText(c.exit)] : null,
        ["made by", [c.engine, c.runtime && c.runtime.name].filter(Boolean).join(", ") || "–"],
        c.inside ? ["inside", "container " + shortId(c.inside)] : null,
        [
          "init",
          c.init ? c.init.pid + (c.init.nspid ? " → " + c.init.nspid + " inside" : "") : "–",
        ],
        ["root", mono(c.rootfs || "–")],
        (c.shares || []).length
          ? [
              "shares",
              c.shares
                .map((s) => s.namespaces.join(" ") + " with " + shortId(s.container))
                .join("; "),
            ]
          : null,
      ]),
    );
  parts.push(
    make(
      "p",
      { class: "dim screen" },
      "Click a mark for what happened there, a phase to zoom to it. ? shows the keys and what the marks mean.",
    ),
  );
  return parts;
}
function processPanel() {
  const list = rows
    .filter((r) => !r.head && !r.meters)
    .flatMap((r) => r.processes.map((p) => [r, p]));
  return [
    make("p", null, plural(report.processes.length, "process", "processes")),
    grid(
      ["process", "role", "born", "lived", "end"],
      list
        .slice(0, 3000)
        .map(([r, p]) => [
          make(
            "span",
            null,
            "\u00a0".repeat(Math.min(12, r.box.depth * 2 + r.depth) * 2),
            make("button", { class: "plain", onclick: () => goTo(p) }, processName(p)),
            p.inside ? make("span", { class: "dim" }, " inside") : null,
          ),
          p.role,
          ms(p.born_ns),
          p.exited_ns === null ? "still running" : ms(p.exited_ns - p.born_ns),
          p.exit && (p.exit.signal || p.exit.status) ? bad(exitText(p.exit)) : exitText(p.exit),
        ]),
    ),
    list.length > 3000 ? make("p", { class: "dim" }, "… " + (list.length - 3000) + " more") : null,
  ].filter(Boolean);
}
function goTo(p) {
  const i = rowOf.get(p.serial);
  current = i;
  if (p.born_ns < stage.t0 || p.born_ns > stage.t1)
    show(p.born_ns - span() / 4, p.born_ns + (span() * 3) / 4);
  reveal(i);
  draw();
}
const findingPart = (f) =>
  make(
    "section",
    { class: "finding " + (f.severity === "error" ? "error" : "") },
    make(
      "h2",
      { class: f.severity === "error" ? "bad" : "" },
      f.severity + ": " + shorten(f.title),
    ),
    (f.evidence || []).length
      ? make("ul", null, ...f.evidence.map((e) => make("li", null, e)))
      : null,
    f.cause ? make("p", null, f.cause) : null,
    f.remedy ? make("p", null, "Try: " + f.remedy) : null,
    make(
      "p",
      { class: "dim" },
      f.event !== null ? link(f.event, "show the event") : null,
      (f.event !== null ? " · " : "") + "sure " + f.confidence + " %",
    ),
  );
function findingPanel() {
  const failures = report.events.filter((e) => e.error && !isBenign(e));
  return [
    ...(report.findings.length
      ? report.findings.map(findingPart)
      : [make("p", null, "nothing to report")]),
    failures.length
      ? make("h2", null, plural(failures.length, "call") + " failed unusually")
      : null,
    failures.length
      ? make(
          "ul",
          null,
          ...failures
            .slice(0, 200)
            .map((e) => make("li", null, link(e.index, ms(e.t_ns) + " " + title(e).slice(0, 160)))),
        )
      : null,
  ].filter(Boolean);
}
