// SPDX-License-Identifier: MIT
// all.mjs PAGE REPORT HOSTILE: the page in a real Chromium, checked against the JSON report of
// the same trace.
import { grey, hostile, odd, paper, size } from './others.mjs';
import { looks, clicks, keys, searches, arrows, fingers } from './people.mjs';
import { file, report, browser, same, open, leave, heading } from './shared.mjs';

try {
	const desk = await open('desk');
	await looks(desk);
	await clicks(desk);
	await keys(desk);
	await arrows(desk);
	await searches(desk);
	await grey(desk, 'light');
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
	await grey(night, 'dark');
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
	await odd();
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
