// SPDX-License-Identifier: MIT
// nests.mjs PAGE: in a real Chromium, each container that is inside another one has its box in
// the other's, and folds away with it. Prints what is wrong.
import { Browser } from './browser.mjs';

const browser = new Browser();
const page = await browser.open(process.argv[2]);
const say = (what, got) => console.log(`${what}: ${JSON.stringify(got)}`);

if ((await page.until('document.documentElement.dataset.ready', 20000)) !== 'yes')
	say('it does not draw itself', page.messages);
const pairs = await page.get(
	'report.containers.filter((c) => c.inside !== null).map((c) => [c.inside, c.id])',
);
if (!pairs.length) say('no container is in another one', pairs);
const rectangle = (id) =>
	page.get(`(() => { const b = boxes.get("container " + ${JSON.stringify(id)});
	return { from: b.from, to: b.to, row: b.row, past: b.past, depth: b.depth }; })()`);
// What is painted in each of the rows, a little behind the left edge of a box.
const grounds = (id, rows) =>
	page.get(`(() => { drawNow(); const b = boxes.get("container " + ${JSON.stringify(id)}), scale = canvas.width / stage.width;
	const { data } = canvas.getContext("2d").getImageData((x(b.from) + 3) * scale, 0, 1, canvas.height);
	return ${JSON.stringify(rows)}.map((r) => { const at = 4 * Math.round((y(r) + 5) * scale); return data.slice(at, at + 4).join(); }); })()`);
for (const [outer, inner] of pairs) {
	const [a, b] = [await rectangle(outer), await rectangle(inner)];
	if (!(a.row < b.row && b.past <= a.past && a.from <= b.from && b.to <= a.to && a.depth < b.depth))
		say(`the box of ${inner} is not in that of ${outer}`, [a, b]);
	const [around, within] = await grounds(inner, [a.row, b.row]);
	if (around === within) say(`the box of ${inner} cannot be told from ${outer}'s`, around);
	// a click on the outer one's name folds both
	await page.get(`(reveal(${a.row}), drawNow())`);
	const at = await page.get(
		`(() => { const r = canvas.getBoundingClientRect(); return [r.x + 40, r.y + middle(${a.row})]; })()`,
	);
	await page.click(...at);
	const row = await page.get(
		`rowOf.get(report.processes.find((p) => p.container === ${JSON.stringify(inner)}).serial)`,
	);
	if (row !== a.row) say(`${inner} does not fold away with ${outer}`, [row, a.row]);
	await page.click(...at);
}
for (const message of page.messages) say('the console', message);
await page.close();
await browser.close();
