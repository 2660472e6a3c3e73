// SPDX-License-Identifier: MIT
// html.mjs PAGE REPORT HOSTILE: what a person does with the page, done in a real Chromium and
// checked against the JSON report of the same trace. Prints TAP lines without numbers.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { Browser } from './browser.mjs';

const [file, reportFile, hostileFile] = process.argv.slice(2);
const report = JSON.parse(readFileSync(reportFile, 'utf8'));
const browser = new Browser();
const check = (what, good, got) =>
	console.log(`${good ? 'ok' : 'not ok'} - ${what}${good ? '' : `: ${JSON.stringify(got)}`}`);
const same = (what, got, wanted) =>
	check(what, JSON.stringify(got) === JSON.stringify(wanted), { got, wanted });

async function open(name, options = {}, path = file) {
	const page = await browser.open(path, options);
	same(
		`${name}: the page draws itself`,
		await page.until('document.documentElement.dataset.ready'),
		'yes',
	);
	return page;
}
// A page is left without a word of the browser's.
async function leave(page, name) {
	same(`${name}: no message in the console`, page.messages, []);
	await page.close();
}
const heading = (page) => page.get('document.querySelector("#panel-event h2")?.textContent');
const sight = (page) => page.get('[stage.t0, stage.t1]');
// Where on the window a time of a process's row is.
const placeOf = (page, serial, t) =>
	page.get(`(() => { reveal(rowOf.get(${serial})); drawNow();
	const r = canvas.getBoundingClientRect(); return [r.x + x(${t}), r.y + middle(rowOf.get(${serial}))]; })()`);

async function looks(page) {
	const container = report.containers[0],
		inside = report.processes.filter((p) => p.inside);
	same(
		'the head line says how it ended',
		await page.get('document.getElementById("summary").textContent.split(" · ")[0]'),
		`exit ${report.exit.status}`,
	);
	same(
		'each process has a row',
		await page.get('report.processes.every((p) => rowOf.has(p.serial))'),
		true,
	);
	same(
		'those in the container are in its box',
		await page.get(
			'boxes.get("container " + report.containers[0].id).members.map((p) => p.pid)',
		),
		inside.map((p) => p.pid),
	);
	const own = Object.entries(container.namespaces)
		.filter(([, n]) => n.from !== n.to)
		.map(([type]) => type);
	check(
		'the box names its own namespaces',
		(
			await page.get(
				'boxWords(boxes.get("container " + report.containers[0].id))',
			)
		).includes('own ' + own.join(' ')),
		own,
	);
	const pixels =
		await page.get(`(() => { const d = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
		const seen = new Set(); for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]); return seen.size; })()`);
	check('there is a picture', pixels > 50, pixels);
}
async function clicks(page) {
	const phase = report.phases.filter((p) => !p.step).sort((a, b) => b.end_ns - b.start_ns)[1];
	const [px, py] =
		await page.get(`(() => { const r = canvas.getBoundingClientRect(), p = bigPhases.find((p) => p.start_ns === ${phase.start_ns});
		return [r.x + (x(p.start_ns) + x(p.end_ns)) / 2, r.y + AXIS + (p.line + 0.5) * BIG]; })()`);
	await page.click(px, py);
	const [t0, t1] = await sight(page);
	check(
		'a click on a phase zooms to it',
		t0 <= phase.start_ns &&
			t1 >= phase.end_ns &&
			t1 - t0 < 1.3 * (phase.end_ns - phase.start_ns) + 1e4,
		{ t0, t1, phase },
	);
	await page.clickOn('#all');
	same('the button shows the whole run again', await sight(page), [0, await page.get('end')]);
	const root = report.events.find((e) => e.tags.includes('root') && !e.error);
	await page.get(`show(${root.t_ns} - 50000, ${root.t_ns} + 50000)`);
	await page.click(...(await placeOf(page, root.serial, root.t_ns)));
	same('a click on a mark shows its event', await heading(page), root.name);
	same(
		'and the address names it',
		await page.get('location.hash'),
		'#event-' + report.events.indexOf(root),
	);
	const rows = await page.get('rows.length');
	const [, y] = await page.get(
		'(() => { const b = boxes.get("container " + report.containers[0].id), r = canvas.getBoundingClientRect(); return [0, r.y + middle(b.row)]; })()',
	);
	await page.click(40, y);
	check('a click on a container folds it', (await page.get('rows.length')) < rows, rows);
	await page.click(40, y);
	same('and unfolds it', await page.get('rows.length'), rows);
	for (const tab of await page.get('TABS')) {
		await page.clickOn('#tab-' + tab);
		check(
			`the panel of ${tab} opens`,
			await page.get(
				`!$("panel-${tab}").hidden && $("panel-${tab}").textContent.length > 0`,
			),
			tab,
		);
	}
}
async function keys(page) {
	await page.get('(whole(), chart.focus(), pick(0), chart.focus())');
	const [, end] = await sight(page);
	await page.key('+');
	check(
		'+ zooms in',
		(await sight(page))[1] - (await sight(page))[0] < end,
		await sight(page),
	);
	const before = await sight(page);
	await page.key('ArrowRight');
	check('the arrow key goes on in time', (await sight(page))[0] > before[0], before);
	await page.key('-');
	await page.key('0');
	same('0 shows the whole run', await sight(page), [0, end]);
	await page.key('n');
	const first = await page.get('picked');
	await page.key('n');
	check('n goes to the next event', (await page.get('picked')) > first, first);
	await page.key('p');
	same('p goes back', await page.get('picked'), first);
	await page.key('ArrowDown');
	await page.key('ArrowDown');
	check(
		'the arrow keys choose a row, and it is said',
		(await page.get('$("live").textContent')).length > 0 &&
			(await page.get('current')) > 0,
		0,
	);
	const step = report.phases.find((p) => p.step && p.end_ns > p.start_ns);
	await page.key(String(step.step));
	const [t0, t1] = await sight(page);
	check('a digit zooms to that step', t0 <= step.start_ns && t1 >= step.end_ns, {
		t0,
		t1,
		step,
	});
	await page.key('?');
	same('? opens the help', await page.get('$("help").open'), true);
	await page.key('Escape');
	same('Escape closes it', await page.get('$("help").open'), false);
	await page.get('document.activeElement.blur()');
	const unseen = [],
		focused = new Set();
	for (let i = 0; i < 24; i++) {
		await page.key('Tab');
		const [id, style] = await page.get(
			'[document.activeElement.id || document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle]',
		);
		focused.add(id);
		if (style === 'none' && id !== 'BODY') unseen.push(id);
	}
	same('what has the focus can be seen', unseen, []);
	check(
		'Tab reaches the tools, the picture and the tabs',
		['search', 'role', 'failures', 'ask', 'chart', 'theme'].every((id) =>
			focused.has(id),
		),
		[...focused],
	);
}
async function searches(page) {
	const count = () => page.get('matches.length');
	const named = (call) =>
		report.events.filter((e) => e.kind === 'call' && e.name.startsWith(call)).length;
	await page.get('chart.focus()');
	await page.key('/');
	await page.type('call:mount');
	await page.until('filter.words.length === 1');
	same('search by call', await count(), named('mount'));
	await page.key('Enter');
	check('Enter picks a hit', (await heading(page)).startsWith('mount'), await heading(page));
	await page.key('Escape');
	same('Escape ends the search', await page.get('filter.words.length'), 0);
	const payload = report.processes.find((p) => p.inside);
	for (const [words, wanted] of [
		[
			`pid:${payload.pid}`,
			report.events.filter((e) => e.serial === payload.serial).length,
		],
		['tag:namespace', report.events.filter((e) => e.tags.includes('namespace')).length],
		['no-such-word-anywhere', 0],
	]) {
		await page.get(`($("search").value = ${JSON.stringify(words)}, takeWords())`);
		same(`search for ${words}`, await count(), wanted);
	}
	await page.get('($("search").value = "", takeWords())');
	await page.clickOn('#failures');
	same('failures only', await count(), report.events.filter((e) => e.error).length);
	await page.clickOn('#tab-events');
	check(
		'the list has as many lines as fit',
		(await page.get('$("list").querySelectorAll("a").length')) <= 80,
		0,
	);
	await page.clickOn('#failures');
	await page.get(
		`($("role").value = ${JSON.stringify(payload.role)}, $("role").dispatchEvent(new Event("change")))`,
	);
	const serials = report.processes
		.filter((p) => p.role === payload.role)
		.map((p) => p.serial);
	same(
		'by role',
		await count(),
		report.events.filter((e) => serials.includes(e.serial)).length,
	);
}
async function fingers(page) {
	const [cx, cy] = await page.get(
		'(() => { const r = canvas.getBoundingClientRect(); return [r.x + (stage.label + stage.width) / 2, r.y + HEAD + 60]; })()',
	);
	const way = (from, to) =>
		Array.from({ length: 6 }, (_, i) => [from + ((to - from) * i) / 5, cy]);
	const [a0, a1] = await sight(page),
		middle = await page.get(`timeAt(${cx} - canvas.getBoundingClientRect().x)`);
	await page.touch(way(cx - 20, cx - 80), way(cx + 20, cx + 80));
	const [b0, b1] = await sight(page),
		now = await page.get(`timeAt(${cx} - canvas.getBoundingClientRect().x)`);
	check('two fingers that part zoom in', b1 - b0 < (a1 - a0) / 2, [b0, b1]);
	check('around what is between them', Math.abs(now - middle) < (b1 - b0) / 8, {
		now,
		middle,
	});
	await page.touch(way(cx + 40, cx - 40));
	check('one finger pans', (await sight(page))[0] > b0, await sight(page));
	await page.touch(way(cx - 80, cx - 20), way(cx + 80, cx + 20));
	check(
		'two that meet zoom out',
		(await sight(page))[1] - (await sight(page))[0] > b1 - b0,
		await sight(page),
	);
	await page.get('whole()');
	const exec = report.events.find((e) => e.tags.includes('payload'));
	const [x, y] = await placeOf(page, exec.serial, exec.t_ns);
	await page.touch([[x, y]]);
	same(
		'a tap shows an event of that place',
		await page.get('report.events[picked]?.serial'),
		exec.serial,
	);
	check(
		'nothing is wider than the phone',
		await page.get('document.documentElement.scrollWidth <= innerWidth'),
		0,
	);
}
async function paper(page) {
	await page.get(`window.addEventListener("beforeprint", () => { const s = [...document.querySelectorAll("canvas.sheet")], c = s[0].getContext("2d");
		const d = c.getImageData(0, 0, s[0].width, s[0].height).data, seen = new Set(); for (let i = 0; i < d.length; i += 4) seen.add(d[i]);
		window.printed = { sheets: s.length, shades: seen.size, light: d[s[0].width * 4 * (s[0].height - 2)] , mounts: $("panel-mounts").textContent.length }; })`);
	const pdf = reportFile + '.pdf';
	await page.pdf(pdf);
	const printed = await page.get('window.printed');
	check(
		'it prints as a picture in light colours, with the panels',
		printed &&
			printed.sheets >= 1 &&
			printed.shades > 20 &&
			printed.light > 200 &&
			printed.mounts > 0,
		printed,
	);
	check(
		'as a PDF',
		readFileSync(pdf).subarray(0, 5).toString() === '%PDF-' &&
			statSync(pdf).size > 20000,
		statSync(pdf).size,
	);
	same(
		'and is as before afterwards',
		await page.get(
			'[document.querySelectorAll("canvas.sheet").length, document.documentElement.dataset.theme, stage.pen.canvas.id]',
		),
		[0, 'dark', 'lanes'],
	);
}
async function hostile() {
	const page = await open('hostile', {}, hostileFile);
	for (const tab of await page.get('TABS')) await page.get(`openTab("${tab}")`);
	await page.get('($("search").value = "img", takeWords())');
	for (let i = 0; i < 8; i++) await page.key('n');
	same(
		'nothing of a hostile trace runs',
		await page.get('document.documentElement.dataset.owned ?? null'),
		null,
	);
	same(
		'nothing of it is markup',
		await page.get(
			'document.images.length + document.querySelectorAll("iframe, object, embed").length',
		),
		0,
	);
	same(
		'nothing of it turns the text around',
		await page.get(
			'/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.textContent.replace(document.getElementById("report").textContent, ""))',
		),
		false,
	);
	check(
		'its words are there',
		(await page.get('document.body.innerText')).includes(
			'<img src=x onerror=alert(1)>',
		),
		0,
	);
	same('hostile: no message in the console', page.messages, []);
	same(
		'the policy allows no other script',
		await page.get(
			`(() => { const s = document.createElement("script"); s.textContent = "document.documentElement.dataset.owned = 'yes'"; document.body.append(s); return document.documentElement.dataset.owned ?? null; })()`,
		),
		null,
	);
	await page.close();
}
// The same run again and again: other processes, other times.
function larger(events) {
	const rounds = Math.ceil(events / report.events.length),
		big = { ...report, processes: [], events: [], phases: [], handovers: [] };
	for (let r = 0; r < rounds; r++) {
		const t = r * report.duration_ns,
			s = r * 1000,
			e = r * report.events.length,
			id = (i) => i && { ...i, serial: i.serial + s };
		for (const p of report.processes)
			big.processes.push({
				...p,
				serial: p.serial + s,
				creator: id(p.creator),
				born_ns: p.born_ns + t,
				exited_ns: p.exited_ns === null ? null : p.exited_ns + t,
			});
		for (const event of report.events)
			big.events.push({
				...event,
				serial: event.serial + s,
				t_ns: event.t_ns + t,
			});
		for (const p of report.phases)
			big.phases.push({ ...p, start_ns: p.start_ns + t, end_ns: p.end_ns + t });
		for (const h of report.handovers)
			big.handovers.push({
				...h,
				from: id(h.from),
				to: id(h.to),
				from_ns: h.from_ns + t,
				to_ns: h.to_ns + t,
				event: h.event + e,
			});
	}
	big.duration_ns = rounds * report.duration_ns;
	const [before, after] = readFileSync(file, 'utf8').split(
		/(?<=id="report">)[^]*?(?=<\/script>)/,
	);
	writeFileSync(
		reportFile + '.html',
		before + JSON.stringify(big).replaceAll('<', '\\u003c') + after,
	);
	return { path: reportFile + '.html', count: big.events.length };
}
// CPU time of the page's thread, which says the same on a busy machine.
async function size(events, opening, frame) {
	const { path, count } = larger(events);
	const page = await browser.open('/dev/null');
	await page.send('Performance.enable', { timeDomain: 'threadTicks' });
	const loaded = page.event('Page.loadEventFired');
	await page.send('Page.navigate', { url: 'file://' + path });
	await loaded;
	await page.until('document.documentElement.dataset.ready', 60000);
	const { metrics } = await page.send('Performance.getMetrics');
	const took = metrics.find((m) => m.name === 'TaskDuration').value;
	check(`${count} events open within ${opening} s`, took <= opening, took);
	const drawn = await page.get(
		`Math.min(...Array.from({ length: 5 }, () => { zoom(0.8, centre()); const t = performance.now(); drawNow(); return performance.now() - t; }))`,
	);
	check(`${count} events: a picture within ${frame} ms`, drawn <= frame, drawn);
	console.log(
		`# ${count} events: ${took.toFixed(2)} s to open, ${drawn.toFixed(1)} ms a picture`,
	);
	await leave(page, `${count} events`);
}

try {
	const desk = await open('desk');
	await looks(desk);
	await clicks(desk);
	await keys(desk);
	await searches(desk);
	await leave(desk, 'desk');
	const phone = await open('phone', { width: 390, height: 844, touch: true });
	await fingers(phone);
	await leave(phone, 'phone');
	const night = await open('night', { dark: true });
	same(
		'it is dark where the system is',
		await night.get('document.documentElement.dataset.theme'),
		'dark',
	);
	await paper(night);
	await night.key('d');
	same(
		'd turns the light on',
		await night.get('document.documentElement.dataset.theme'),
		'light',
	);
	await leave(night, 'night');
	const exec = report.events.findIndex((e) => e.kind === 'exec');
	const linked = await open('link', {}, `${file}#event-${exec}`);
	same('a link to an event shows it', await heading(linked), report.events[exec].name);
	await linked.get('location.hash = "#mounts"');
	await linked.until('!$("panel-mounts").hidden');
	same(
		'a link to a panel opens it',
		await linked.get('$("tab-mounts").getAttribute("aria-selected")'),
		'true',
	);
	await leave(linked, 'link');
	await hostile();
	await size(10000, 1, 50);
	await size(100000, 10, 100);
} catch (error) {
	console.log(
		'not ok - the browser did as it was told: ' +
			String(error.stack).replaceAll('\n', ' '),
	);
	process.exitCode = 1;
}
await browser.close();
