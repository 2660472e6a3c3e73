/* SPDX-License-Identifier: MIT */
/* The picked event in full, and the list of all events that are shown. */
function phaseOf(event) {
  const inside = (p) => event.t_ns >= p.start_ns && event.t_ns <= p.end_ns;
  return [bigPhases.find(inside), stepPhases.filter(inside).pop()].filter(Boolean);
}
function stackPart(event) {
  return [
    make("h2", null, "stack"),
    make(
      "ol",
      { class: "mono stack" },
      ...event.stack.map((f) =>
        make(
          "li",
          null,
          f.symbol || "?",
          make(
            "span",
            { class: "dim" },
            "  " +
              (f.source ||
                (f.module || "").split("/").pop() +
                  (f.offset ? "+0x" + Number(f.offset).toString(16) : "")),
          ),
        ),
      ),
    ),
  ];
}
function busRows(bus) {
  return [
    ["message", bus.text || bus.kind],
    bus.path ? ["path", mono(bus.path)] : null,
    bus.member ? ["member", mono((bus.interface ? bus.interface + "." : "") + bus.member)] : null,
    Number.isInteger(bus.answer) ? ["answer", link(bus.answer, "show")] : null,
    Number.isInteger(bus.call) ? ["asked", link(bus.call, "show")] : null,
  ];
}
function showEvent(event) {
  const p = bySerial.get(event.serial),
    panel = $("panel-event"),
    near = handovers.filter((h) => h.event === event.index || h.from_event === event.index);
  const list = [["at", ms(event.t_ns)]];
  if (event.dur_ns !== null && event.dur_ns !== undefined)
    list.push(["took", ms(event.dur_ns) + (event.ongoing ? " so far: it had not returned" : "")]);
  if (p)
    list.push([
      "process",
      make(
        "button",
        { class: "plain", onclick: () => goTo(p) },
        processName(p) + " · " + p.role + (event.tid !== event.pid ? " · thread " + event.tid : ""),
      ),
    ]);
  const phases = phaseOf(event);
  if (phases.length)
    list.push([
      "during",
      make("span", null, phases.map(phaseWords).join(", "), ...phases.map(lessonPart)),
    ]);
  if (event.kind === "exec") list.push(["file", mono(event.path || "–")]);
  if (event.error)
    list.push([
      "failed",
      make(
        "span",
        null,
        bad(event.error),
        event.answered_by ? " · answered by the " + event.answered_by : "",
        isBenign(event) ? " · as in starts that work" : "",
      ),
    ]);
  else if (event.result !== null && event.result !== undefined)
    list.push(["result", String(event.result)]);
  if ((event.tags || []).length) list.push(["tags", event.tags.join(", ")]);
  for (const n of event.namespaces || [])
    list.push([n.type + " namespace", (n.from || "?") + " → " + n.to + " (" + n.how + ")"]);
  if (event.cgroup) list.push(["cgroup", mono(event.cgroup.from + " → " + event.cgroup.to)]);
  if (event.bus) list.push(...busRows(event.bus));
  for (const h of near) list.push(["hand-over", arrowWords(h)]);
  panel.replaceChildren(
    make(
      "p",
      { class: "steps" },
      make("button", { onclick: () => pickNext(-1) }, "← previous"),
      " ",
      make("button", { onclick: () => pickNext(1) }, "next →"),
      make("span", { class: "dim" }, " event " + event.index),
    ),
    make(
      "h2",
      null,
      event.kind === "call" || event.kind === "exec" ? event.name || event.kind : event.kind,
    ),
    rowsTable(list),
  );
  if (event.kind === "call")
    panel.append(
      make("h2", null, "arguments"),
      rowsTable(
        (event.args || []).map((a) => [
          a.name,
          mono(argText(a) + (a.path && !argText(a).includes(a.path) ? "  " + a.path : "")),
        ]),
      ),
    );
  else panel.append(make("p", { class: "mono" }, title(event)));
  if ((event.stack || []).length) panel.append(...stackPart(event));
}
/* Picks an event: it is shown in the picture and in full. */
function pick(index, quiet) {
  const event = report.events[index];
  if (!event) return;
  picked = index;
  const i = rowOf.get(event.serial);
  if (event.t_ns < stage.t0 || event.t_ns > stage.t1)
    show(event.t_ns - span() / 2, event.t_ns + span() / 2);
  if (i !== undefined) reveal(i);
  showEvent(event);
  if (!quiet) openTab("event");
  history.replaceState(null, "", "#event-" + index);
  say(ms(event.t_ns) + " " + title(event).slice(0, 200));
  fillList();
  draw();
}
/* However many events there are, only those in sight are elements. */
const LINE = 24;
function fillList() {
  const panel = $("panel-events"),
    list = $("list");
  if (!list || panel.hidden) return;
  const first = Math.max(0, Math.floor(panel.scrollTop / LINE) - 4),
    past = Math.min(matches.length, first + Math.ceil(panel.clientHeight / LINE) + 10);
  list.style.height = matches.length * LINE + 30 + "px";
  list.replaceChildren(
    make("p", { class: "count" }, countWords()),
    ...matches.slice(first, past).map((index, n) => {
      const event = report.events[index],
        p = bySerial.get(event.serial);
      const line = make(
        "a",
        {
          href: "#event-" + index,
          class:
            "event" +
            (index === picked ? " picked" : "") +
            (event.error && !isBenign(event) ? " bad" : ""),
          onclick: (e) => {
            e.preventDefault();
            pick(index);
          },
        },
        make("span", { class: "time" }, (event.t_ns / 1e6).toFixed(3)),
        make("span", { class: "who" }, p ? processName(p) : ""),
        event.error ? make("span", { class: "error" }, event.error + " ") : null,
        shorten(title(event)).slice(0, 300),
      );
      line.style.top = (first + n) * LINE + 26 + "px";
      return line;
    }),
  );
}
const countWords = () =>
  filtered()
    ? matches.length.toLocaleString("en") + " of " + plural(report.events.length, "event")
    : plural(matches.length, "key event") +
      " of " +
      report.events.length.toLocaleString("en") +
      "; search finds the others";
