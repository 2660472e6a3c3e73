// SPDX-License-Identifier: MIT
// What the checks of the page share: the browser, the report, TAP lines without numbers.
import { readFileSync } from 'node:fs';
import { Browser } from './browser.mjs';

export const [file, reportFile, hostileFile] = process.argv.slice(2);
export const report = JSON.parse(readFileSync(reportFile, 'utf8'));
export const browser = new Browser();
export const check = (what, good, got) =>
	console.log(`${good ? 'ok' : 'not ok'} - ${what}${good ? '' : `: ${JSON.stringify(got)}`}`);
export const same = (what, got, wanted) =>
	check(what, JSON.stringify(got) === JSON.stringify(wanted), { got, wanted });

export async function open(name, options = {}, path = file) {
	const page = await browser.open(path, options);
	same(
		`${name}: the page draws itself`,
		await page.until('document.documentElement.dataset.ready'),
		'yes',
	);
	return page;
}
// A page is left without a word of the browser's.
export async function leave(page, name) {
	same(`${name}: no message in the console`, page.messages, []);
	await page.close();
}
export const heading = (page) => page.get('document.querySelector("#panel-event h2")?.textContent');
export const sight = (page) => page.get('[stage.t0, stage.t1]');
// Where on the window a time of a process's row is.
export const placeOf = (page, serial, t) =>
	page.get(`(() => { reveal(rowOf.get(${serial})); drawNow();
	const r = canvas.getBoundingClientRect(); return [r.x + x(${t}), r.y + middle(rowOf.get(${serial}))]; })()`);
