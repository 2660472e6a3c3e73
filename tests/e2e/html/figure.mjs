// SPDX-License-Identifier: MIT
// figure.mjs SVG…: each figure in a real Chromium. With the metrics of the fonts that are there,
// no text is on another one or beyond the edge, and each can be read, in grey, too.
import { basename } from 'node:path';
import { Browser } from './browser.mjs';

const browser = new Browser();
const check = (what, bad) =>
	console.log(`${bad.length ? 'not ok' : 'ok'} - ${what}${bad.length ? `: ${JSON.stringify(bad.slice(0, 5))}` : ''}`);

// In the page. Boxes of ink rather than of lines: what the letters of this very text take.
const LOOK = `(() => {
	const svg = document.documentElement, pen = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas').getContext('2d');
	const texts = [...svg.querySelectorAll('text')].map((t) => {
		const b = t.getBBox(), style = getComputedStyle(t);
		pen.font = [style.fontWeight, style.fontSize, style.fontFamily].join(' ');
		const ink = pen.measureText(t.textContent), y = +t.getAttribute('y');
		return { text: t.textContent, left: b.x, right: b.x + b.width, top: y - ink.actualBoundingBoxAscent, bottom: y + ink.actualBoundingBoxDescent };
	});
	const edge = { width: svg.width.baseVal.value, height: svg.height.baseVal.value };
	return { texts, edge };
})()`;
// The lightness of each text and of what it stands on, as eyes that see no colour have it.
const GREY = `(() => {
	const lightness = (color) => {
		const [r, g, b] = color.match(/[\\d.]+/g).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
	const bars = [...document.querySelectorAll('rect')].map((rect) => ({ box: rect.getBBox(), style: getComputedStyle(rect) }));
	return [...document.querySelectorAll('text')].map((t) => {
		const b = t.getBBox(), x = b.x + 2, y = b.y + b.height / 2;
		const below = bars.filter(({ box, style }) => box.x <= x && box.x + box.width >= x && box.y <= y && box.y + box.height >= y && style.fillOpacity === '1');
		const ground = t.getAttribute('stroke') ? 'rgb(255,255,255)' : below.at(-1).style.fill;
		return { text: t.textContent, contrast: contrast(lightness(getComputedStyle(t).fill), lightness(ground)) };
	});
})()`;
const overlap = (a, b) =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

for (const file of process.argv.slice(2)) {
	const name = basename(file, '.svg');
	const page = await browser.open(file);
	const { texts, edge } = await page.get(LOOK);
	const on = texts.flatMap((a, i) =>
		texts.slice(0, i).filter((b) => overlap(a, b)).map((b) => [a.text, b.text]),
	);
	check(`${name}: none of ${texts.length} texts is on another one`, on);
	check(
		`${name}: none is beyond the edge`,
		texts.filter(
			(t) => t.left < 0 || t.top < 0 || t.right > edge.width || t.bottom > edge.height,
		),
	);
	check(
		`${name}: all can be read, in grey, too`,
		(await page.get(GREY)).filter((t) => !(t.contrast >= 4.5)),
	);
	check(`${name}: no message in the console`, page.messages);
	await page.close();
}
await browser.close();
