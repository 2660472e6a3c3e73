/* SPDX-License-Identifier: MIT */
/* The panels at the side. Each is made when it is opened for the first time. */
const rowsTable = (list) =>
  make(
    "table",
    null,
    ...list
      .filter(Boolean)
      .map(([k, v]) => make("tr", null, make("th", { scope: "row" }, k), make("td", null, v))),
  );
const grid = (head, list) =>
  make(
    "table",
    null,
    make("thead", null, make("tr", null, ...head.map((h) => make("th", { scope: "col" }, h)))),
    make("tbody", null, ...list.map((r) => make("tr", null, ...r.map((c) => make("td", null, c))))),
  );
const mono = (text) => make("code", null, text);
const bad = (text) => make("span", { class: "bad" }, text);
const link = (index, text) =>
  make(
    "a",
    {
      href: "#event-" + index,
      onclick: (e) => {
        e.preventDefault();
        pick(index);
      },
    },
    text,
  );
const at = (t_ns, index) =>
  t_ns === null || t_ns === undefined
    ? ""
    : index === null || index === undefined
      ? ms(t_ns)
      : link(index, ms(t_ns));
/* Two columns, and below them in small print what is good to know. */
function item(name, state, more, depth) {
  const e = make(
    "div",
    { class: "item" },
    make("span", { class: "name" }, name),
    make("span", { class: "state" }, state),
    make("span", { class: "more" }, more),
  );
  e.style.paddingInlineStart = Math.min(depth, 8) * 12 + "px";
  return e;
}
const MOST = 60; /* containers that a panel shows */

/* One part for each container; of several, all but the first are folded. */
function perContainer(make_parts) {
  const list = report.containers
    .map((c) => [c, make_parts(c)])
    .filter(([, parts]) => parts && parts.length);
  if (!list.length) return [make("p", { class: "dim" }, "nothing of this is in the trace")];
  const shown = list.slice(0, MOST).map(([c, parts], i) => {
    const fold = make(
      "details",
      i ? null : { open: "" },
      make(
        "summary",
        null,
        "container " +
          shortId(c.id) +
          (c.payload && c.payload.argv ? "  " + c.payload.argv.join(" ").slice(0, 60) : ""),
      ),
    );
    fold.append(...parts);
    return fold;
  });
  if (list.length > MOST)
    shown.push(make("p", { class: "dim" }, plural(list.length - MOST, "more container")));
  return shown;
}
const namespacePanel = () =>
  perContainer((c) => [
    ...stepParts(c, 1),
    grid(
      ["type", "outside", "inside", "how", "by", "at"],
      Object.entries(c.namespaces).map(([type, n]) => [
        type,
        mono(n.from || "?"),
        n.to === n.from ? "the host's" : mono(n.to),
        n.how,
        nameOf(n.by),
        at(n.t_ns),
      ]),
    ),
    ...[
      ["uid", "user"],
      ["gid", "group"],
    ].flatMap(([k, words]) =>
      ((c.id_maps || {})[k] || []).length
        ? [make("h3", null, words + " ids"), grid(["inside", "outside", "how many"], c.id_maps[k])]
        : [],
    ),
  ]);
const cgroupPanel = () =>
  perContainer((c) =>
    [
      ...stepParts(c, 2),
      make("p", { title: plain(c.cgroup || "") }, mono(shorten(c.cgroup || "–"))),
      ...c.cgroups.map((g) =>
        item(
          nameOf(g.writer) + " moved it",
          ms(g.t_ns),
          "from " +
            shorten(g.from) +
            " to " +
            shorten(g.to) +
            (g.hierarchy ? ", " + g.hierarchy : ""),
          0,
        ),
      ),
      c.unit ? make("h3", null, "asked of systemd: " + c.unit.name) : null,
      c.unit
        ? rowsTable([
            ...Object.entries(c.unit.properties || {}),
            ["answer", c.unit.error ? bad(c.unit.error) : ms(c.unit.answered)],
          ])
        : null,
      c.limits.length ? make("h3", null, "written to its files") : null,
      c.limits.length
        ? grid(
            ["file", "value", "meaning"],
            c.limits.map((l) => [
              mono(l.file),
              l.failed ? bad(l.value + " (refused)") : mono(l.value),
              l.meaning,
            ]),
          )
        : null,
      c.rlimits && c.rlimits.length ? make("h3", null, "limits of its processes") : null,
      c.rlimits && c.rlimits.length
        ? grid(
            ["name", "soft", "hard"],
            c.rlimits.map((l) => [
              mono(l.name),
              l.soft,
              l.failed ? bad(l.hard + " (refused)") : l.hard,
            ]),
          )
        : null,
    ].filter(Boolean),
  );
const meterPanels = () => perContainer((c) => (c.meters ? meterPanel(c.meters) : []));
const layerWords = (l) =>
  !l ? "" : l.number ? "copied up from layer " + l.number + " of " + l.of : "not of the image";
function mountPanel() {
  return perContainer((c) => {
    const table = (c.mount_table && c.mount_table.mounts) || [],
      depth = [];
    table.forEach((m, i) => {
      depth[i] =
        m.parent === null || m.parent === undefined || m.parent >= i ? 0 : depth[m.parent] + 1;
    });
    const words = (m) =>
      [
        m.masked ? "hidden" : "",
        m.read_only_path ? "read-only" : "",
        m.covered ? "covered" : "",
        m.from_host ? "of the host" : "",
      ]
        .filter(Boolean)
        .join(", ");
    const mounts = table.map((m, i) => {
      const target =
        m.event === null || m.event === undefined
          ? make("code", null, m.target)
          : make("code", null, link(m.event, m.target));
      return item(
        target,
        [m.type, words(m)].filter(Boolean).join(", "),
        [shorten(m.host || (m.source && m.source !== m.type ? m.source : "")), m.flags]
          .filter(Boolean)
          .join("  "),
        depth[i],
      );
    });
    const overlays = table.filter((m) => m.overlay),
      parts = [...stepParts(c, 3, 5), ...mounts];
    for (const m of overlays)
      parts.push(
        make("h3", null, "layers of " + m.target),
        make(
          "ol",
          { class: "mono" },
          m.overlay.upper ? make("li", null, m.overlay.upper + " (takes what is written)") : null,
          ...m.overlay.lower.map((l) => make("li", null, l)),
        ),
      );
    if ((c.changed_files || []).length)
      parts.push(
        make("h3", null, "files that it changed"),
        grid(
          ["path", "what", "by", "layer"],
          c.changed_files
            .slice(0, 500)
            .map((f) => [
              f.event === null ? mono(f.path) : make("code", null, link(f.event, f.path)),
              f.change,
              f.by_runtime ? "runtime" : "payload",
              layerWords(f.layer),
            ]),
        ),
      );
    return parts;
  });
}
function networkPanel() {
  const nets = report.networks.filter((n) => !n.host || n.interfaces.length || n.routes.length);
  const parts = nets.slice(0, MOST).flatMap((n) =>
    [
      make("h2", null, n.host ? "the host's network" : "network namespace " + n.inode),
      rowsTable([
        n.made_by ? ["made by", nameOf(n.made_by) + " at " + ms(n.made_ns)] : null,
        n.path ? ["kept at", mono(n.path)] : null,
        n.joined_by.length ? ["joined by", n.joined_by.map(nameOf).join(", ")] : null,
        n.containers.length ? ["container", n.containers.map(shortId).join(", ")] : null,
        n.routes.length ? ["routes", n.routes.join("; ")] : null,
      ]),
      n.interfaces.length
        ? grid(
            ["interface", "kind", "addresses", "peer", "state"],
            n.interfaces.map((i) => [
              i.name,
              i.kind,
              (i.addresses || []).join(" "),
              i.peer
                ? i.peer + (i.master ? ", in " + i.master : "")
                : i.master
                  ? "in " + i.master
                  : "",
              i.removed ? "removed" : i.up ? "up" : "down",
            ]),
          )
        : null,
    ].filter(Boolean),
  );
  if (report.network_requests.length)
    parts.push(
      make("h2", null, "asked of the kernel"),
      grid(
        ["at", "by", "what", "answer"],
        report.network_requests
          .slice(0, 500)
          .map((r) => [
            at(r.t_ns, r.event),
            nameOf(r.by),
            mono(r.words),
            r.error ? bad(r.error + (r.message ? " " + r.message : "")) : "granted",
          ]),
      ),
    );
  return parts;
}
function isolationPanel() {
  return perContainer((c) => {
    const caps = c.capabilities || {},
      seccomp = c.seccomp || {};
    return [
      ...c.isolation.map((i) =>
        item(
          make("span", null, i.open ? "○ " : "● ", i.aspect),
          (i.open ? "open: " : "") + i.state,
          [i.detail ? i.detail + " — " : "", i.why].join(""),
          0,
        ),
      ),
      make("h3", null, "capabilities"),
      make("p", { class: "mono" }, (caps.effective || []).join(" ") || "none"),
      ...["denied", "conditional", "kill_process", "trap", "notify"]
        .filter((k) => (seccomp[k] || []).length)
        .flatMap((k) => [
          make(
            "h3",
            null,
            "seccomp: " + k.replace("_", " ") + ", " + plural(seccomp[k].length, "call"),
          ),
          make(
            "p",
            { class: "mono" },
            seccomp[k].map((s) => (s.name ? s.name + " (" + s.answer + ")" : s)).join(" "),
          ),
        ]),
      ...stepParts(c, 1, 2, 3, 4, 5, 6, 7, 8),
    ];
  });
}
const MATCH = { same: "=", differs: "≠", "not seen": "?", "not asked": "+" };
function askedItem(i) {
  const done = i.done === null ? "not seen" : i.done;
  const more = {
    same: "",
    differs: "asked: " + i.asked,
    "not seen": "asked: " + i.asked,
    "not asked": "not asked for",
  };
  return item(
    (MATCH[i.match] || "") + " " + i.aspect + (i.name ? " " + i.name : ""),
    i.match === "differs" ? bad(done) : i.event === null ? done : link(i.event, done),
    more[i.match] || "",
    0,
  );
}
const askedPanel = () =>
  perContainer((c) => {
    if (!c.asked) return [];
    const differ = (i) => (i.match === "differs" ? 0 : 1);
    const list = [...(c.asked.items || [])].sort((a, b) => differ(a) - differ(b));
    const problem = c.asked.problem ? [make("p", { class: "bad" }, c.asked.problem)] : [];
    const legend = make(
      "p",
      { class: "dim" },
      "what config.json asks for: = done, ≠ differs, ? the trace does not tell, + not asked for",
    );
    return [...problem, legend, ...list.map(askedItem)];
  });
const wallOutcome = (w) =>
  w.outcome === "allowed"
    ? w.reaches_host
      ? bad("allowed, reaches the host")
      : "allowed"
    : w.outcome + (w.error ? " " + w.error : "");
const wallPanel = () =>
  perContainer((c) =>
    (c.walls || []).map((w) =>
      item(
        make("span", null, at(w.t_ns, w.event), "  ", w.what, w.count > 1 ? " ×" + w.count : ""),
        wallOutcome(w),
        [w.layer, w.reason].filter(Boolean).join(": "),
        0,
      ),
    ),
  );
