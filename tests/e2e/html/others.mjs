// SPDX-License-Identifier: MIT
// Paper, hostile and odd reports, large ones.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import {
	file,
	reportFile,
	hostileFile,
	report,
	browser,
	check,
	same,
	open,
	leave,
} from './shared.mjs';

export async function paper(page) {
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
// The lightness of each text and of what it stands on: eyes that see no colour have nothing else.
const CONTRASTS = `(() => {
	const parts = (color) => color.match(/[\\d.]+/g).map(Number);
	const lightness = (rgb) => rgb.slice(0, 3).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
		.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
	const ground = (e) => {
		for (; e; e = e.parentElement) {
			const color = parts(getComputedStyle(e).backgroundColor);
			if (color.length === 3 || color[3] === 1) return color;
		}
		return [255, 255, 255];
	};
	const written = (e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
	return [...document.body.querySelectorAll("*")].filter(written).map((e) => {
		const a = lightness(parts(getComputedStyle(e).color)), b = lightness(ground(e));
		return { text: e.textContent.slice(0, 40), contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
	});
})()`;
export async function grey(page, name) {
	const faint = [];
	let texts = 0;
	for (const tab of await page.get('TABS')) {
		await page.get(`openTab("${tab}")`);
		const seen = await page.get(CONTRASTS);
		texts += seen.length;
		faint.push(...seen.filter((t) => !(t.contrast >= 4.5)));
	}
	same(`${name}: every text can be read without colours`, faint.slice(0, 5), []);
	check(`${name}: there are texts in each panel`, texts > 100, texts);
}
export async function hostile() {
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
// A report with other contents in the page of this one.
function pageOf(contents, name) {
	const [before, after] = readFileSync(file, 'utf8').split(
		/(?<=id="report">)[^]*?(?=<\/script>)/,
	);
	const path = `${reportFile}-${name}.html`;
	writeFileSync(path, before + JSON.stringify(contents).replaceAll('<', '\\u003c') + after);
	return path;
}
// Traces that end early, and times that make no sense.
export async function odd() {
	const none = {
		processes: [],
		containers: [],
		phases: [],
		events: [],
		handovers: [],
		networks: [],
	};
	const empty = {
		...report,
		...none,
		network_requests: [],
		findings: [],
		duration_ns: 0,
		exit: null,
	};
	const one = {
		...empty,
		complete: false,
		processes: report.processes.slice(0, 1),
		events: report.events.slice(0, 1),
	};
	const backwards = {
		...report,
		events: report.events.map((e, i) =>
			i % 2 ? e : { ...e, t_ns: -e.t_ns, serial: 99 },
		),
	};
	const loop = {
		...report,
		processes: report.processes.map((p) => ({
			...p,
			exited_ns: 0,
			creator: { pid: 1, serial: p.serial + 1 },
		})),
	};
	for (const [name, contents] of Object.entries({ empty, one, backwards, loop })) {
		const page = await open(name, {}, pageOf(contents, name));
		for (const tab of await page.get('TABS')) await page.get(`openTab("${tab}")`);
		for (const key of ['n', '+', 'ArrowRight', 'ArrowDown', 'Enter', '0'])
			await page.key(key);
		same(
			`${name}: every process has a row`,
			await page.get('report.processes.every((p) => rowOf.has(p.serial))'),
			true,
		);
		await leave(page, name);
	}
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
	return { path: pageOf(big, 'big'), count: big.events.length };
}
// CPU time of the page's thread, which says the same on a busy machine.
export async function size(events, opening, frame) {
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
	if ((await page.get('rows.length')) > 200) {
		await page.get('(show(0, end / 50), drawNow())');
		check(
			`${count} events: rows with nobody alive now make room`,
			(await page.get('absent')) > (await page.get('rows.length')) / 2,
			0,
		);
	}
	await page.get('whole()');
	const drawn = await page.get(
		`Math.min(...Array.from({ length: 5 }, () => { zoom(0.8, centre()); const t = performance.now(); drawNow(); return performance.now() - t; }))`,
	);
	check(`${count} events: a picture within ${frame} ms`, drawn <= frame, drawn);
	console.log(
		`# ${count} events: ${took.toFixed(2)} s to open, ${drawn.toFixed(1)} ms a picture`,
	);
	await leave(page, `${count} events`);
}
