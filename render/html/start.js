/* SPDX-License-Identifier: MIT */
/* The head line, the tabs, the tools; then the page is ready. */
const PANELS = {
  overview,
  event: null,
  events: () => [make("div", { id: "list" })],
  processes: processPanel,
  namespaces: namespacePanel,
  cgroups: cgroupPanel,
  meters: meterPanels,
  mounts: mountPanel,
  network: networkPanel,
  isolation: isolationPanel,
  asked: askedPanel,
  walls: wallPanel,
  findings: findingPanel,
};
const NAMES = { asked: "asked and done" };
const some = (has) => report.containers.some(has);
const HAS = {
  /* panels that not every trace has something for */
  namespaces: () => some(() => true),
  cgroups: () => some(() => true),
  mounts: () => some(() => true),
  isolation: () => some(() => true),
  meters: () => some((c) => c.meters),
  asked: () => some((c) => c.asked),
  walls: () => some((c) => (c.walls || []).length),
  network: () =>
    (report.networks || []).some((n) => !n.host) || (report.network_requests || []).length > 0,
};
const TABS = Object.keys(PANELS).filter((t) => !HAS[t] || HAS[t]());
const say = (words) => {
  $("live").textContent = plain(words);
};
function fillPanel(which) {
  const panel = $("panel-" + which);
  if (panel.dataset.filled || !PANELS[which]) return;
  panel.dataset.filled = "yes";
  panel.append(...PANELS[which]());
  legend();
}
function openTab(which) {
  for (const t of TABS) {
    const on = t === which;
    $("tab-" + t).setAttribute("aria-selected", String(on));
    $("tab-" + t).tabIndex = on ? 0 : -1;
    $("panel-" + t).hidden = !on;
  }
  fillPanel(which);
  fillList();
}
function makeTabs() {
  for (const t of TABS) {
    $("tabs").append(
      make(
        "button",
        {
          role: "tab",
          id: "tab-" + t,
          "aria-controls": "panel-" + t,
          onclick: () => {
            openTab(t);
            history.replaceState(null, "", "#" + t);
          },
        },
        NAMES[t] || t,
      ),
    );
    $("panels").append(
      make("div", {
        role: "tabpanel",
        "data-name": NAMES[t] || t,
        id: "panel-" + t,
        "aria-labelledby": "tab-" + t,
        tabindex: "0",
      }),
    );
  }
  $("panel-event").append(
    make("p", { class: "dim" }, "No event is picked: click a mark in the picture, or press n."),
  );
  $("panel-events").addEventListener("scroll", fillList);
  $("tabs").addEventListener("keydown", (e) => {
    const i = TABS.findIndex((t) => $("tab-" + t) === document.activeElement);
    const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: TABS.length - 1 }[e.key];
    if (i < 0 || to === undefined) return;
    const tab = TABS[(to + TABS.length) % TABS.length];
    e.preventDefault();
    openTab(tab);
    $("tab-" + tab).focus();
  });
}
function refilter() {
  applyFilter();
  $("count").textContent = filtered() ? countWords() : "";
  $("panel-events").scrollTop = 0;
  fillList();
  draw();
}
let typing = 0;
function takeWords() {
  clearTimeout(typing);
  filter.words = readWords($("search").value);
  refilter();
}
const values = (list) => [...new Set(list)].sort();
function makeTools() {
  for (const t of values(report.events.flatMap((e) => e.tags || [])))
    $("tag").append(make("option", { value: t }, t));
  for (const r of values(report.processes.map((p) => p.role)))
    $("role").append(make("option", { value: r }, r));
  $("search").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(takeWords, report.events.length > 20000 ? 250 : 30);
  });
  $("tag").addEventListener("change", (e) => {
    filter.tag = e.target.value;
    refilter();
  });
  $("role").addEventListener("change", (e) => {
    filter.role = e.target.value;
    refilter();
  });
  $("failures").addEventListener("click", (e) => {
    filter.failures = !filter.failures;
    e.currentTarget.setAttribute("aria-pressed", String(filter.failures));
    refilter();
  });
  $("arrows").addEventListener("click", () => {
    arrows = { auto: "on", on: "off", off: "auto" }[arrows];
    $("arrows").textContent = "hand-overs: " + { auto: "some", on: "all", off: "none" }[arrows];
    draw();
  });
  $("in").addEventListener("click", () => zoom(0.6, centre()));
  $("out").addEventListener("click", () => zoom(1 / 0.6, centre()));
  $("all").addEventListener("click", whole);
  $("ask").addEventListener("click", () => $("help").showModal());
  $("close").addEventListener("click", () => $("help").close());
}
function headLine() {
  const attached = report.processes.filter((p) => p.birth === "attached").slice(0, 4);
  const words = report.command.length
    ? report.command.join(" ")
    : "attached to " + attached.map(processName).join(", ");
  const exit = report.exit ? exitText(report.exit) : report.command.length ? "still running" : "",
    worst = report.findings.find((f) => f.severity === "error");
  $("title").textContent = plain(words);
  document.title = plain("cttrace: " + words.slice(0, 80));
  $("summary").textContent = [
    exit,
    ms(report.duration_ns),
    plural(report.processes.length, "process", "processes"),
    plural(report.containers.length, "container"),
    report.filter
      ? report.filter.shown + " of " + report.filter.of + " events shown: " + plain(report.filter.expression)
      : plural(report.events.length, "event"),
    report.complete ? "" : "the trace is cut off: its end is missing",
  ]
    .filter(Boolean)
    .join(" · ");
  if (!worst) return;
  $("verdict").hidden = false;
  $("verdict").append(
    "✗ ",
    worst.event !== null ? link(worst.event, shorten(worst.title)) : plain(shorten(worst.title)),
  );
}
const theme = (name) => {
  document.documentElement.dataset.theme = name;
  readColors();
  legend();
  draw();
};
const dark = window.matchMedia("(prefers-color-scheme: dark)");
$("theme").addEventListener("click", () =>
  theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"),
);
dark.addEventListener("change", () => theme(dark.matches ? "dark" : "light"));
function followLink() {
  const wanted = decodeURIComponent(location.hash.slice(1)),
    event = /^event-(\d+)$/.exec(wanted);
  if (event && report.events[Number(event[1])]) pick(Number(event[1]));
  else openTab(TABS.includes(wanted) ? wanted : "overview");
}
makeRows();
applyFilter();
makeTabs();
makeTools();
headLine();
fillHelp();
theme(dark.matches ? "dark" : "light");
drawNow();
followLink();
window.addEventListener("hashchange", followLink);
document.documentElement.dataset.ready = "yes";
