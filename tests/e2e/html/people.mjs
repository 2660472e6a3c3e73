// SPDX-License-Identifier: MIT
// What a person does with the page: looks, clicks, keys, words, fingers.
import { report, check, same, open, heading, sight, placeOf } from './shared.mjs';

export async function looks(page) {
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
	const lesson = (p) => report.lessons.find((l) => l.word === p.name),
		steps = report.phases.filter((p) => p.step);
	check('the demo has steps', steps.length >= 4, steps);
	for (const [tab, numbers] of [
		['overview', [1, 2, 3, 4, 5, 6, 7, 8]],
		['namespaces', [1]],
		['cgroups', [2]],
		['mounts', [3, 5]],
		['isolation', [1, 2, 3, 4, 5, 6, 7, 8]],
	]) {
		await page.get(`openTab("${tab}")`);
		const text = await page.get(`$("panel-${tab}").textContent`);
		const wanted = steps.filter((p) => numbers.includes(p.step));
		same(
			`${tab}: each step has its number and, with --explain, its sentence`,
			wanted.filter(
				(p) =>
					!text.includes(`${p.step} ${p.name}`) ||
					!text.includes(lesson(p).sentence),
			),
			[],
		);
	}
	await page.get('openTab("overview")');
	const told = await page.get('[...$("panel-overview").querySelectorAll(".lesson")].map((l) => l.textContent)');
	same('overview: no sentence comes twice', told.length, new Set(told).size);
	const pixels =
		await page.get(`(() => { const d = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
		const seen = new Set(); for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]); return seen.size; })()`);
	check('there is a picture', pixels > 50, pixels);
}
export async function clicks(page) {
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
export async function keys(page) {
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
export async function searches(page) {
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
export async function fingers(page) {
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
export async function arrows(page) {
	const rowsOf = (h) => page.get(`rowOf.get(${h.from.serial}) !== rowOf.get(${h.to.serial})`);
	const between = [];
	for (const h of report.handovers)
		if (h.kind !== 'fork' && (await rowsOf(h))) between.push(h);
	await page.get('(chart.focus(), whole(), drawNow())');
	same(
		'each hand-over is an arrow',
		await page.get('arrowsDrawn.map((a) => a.h.event).sort((a, b) => a - b)'),
		between.map((h) => h.event).sort((a, b) => a - b),
	);
	const h = between[0];
	const [x, y] = await page.get(`(() => {
		const a = arrowsDrawn.find((a) => a.h.event === ${h.event}), r = canvas.getBoundingClientRect();
		return [r.x + (a.from + a.to) / 2, r.y + (a.y0 + a.y1) / 2]; })()`);
	await page.mouse('mouseMoved', x, y, { button: 'none' });
	check(
		'who points at one is told what it is',
		await page.get('!$("tip").hidden && $("tip").textContent.length > 10'),
		h,
	);
	for (const wanted of ['all', 'none']) await page.key('h');
	same('h takes them away', await page.get('[arrows, arrowsDrawn.length]'), ['off', 0]);
	await page.key('h');
}
