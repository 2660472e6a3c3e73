// SPDX-License-Identifier: MIT
// opens.mjs PAGE…: each page draws itself in a real Chromium, and says nothing in the console.
// Prints what is wrong.
import { basename } from 'node:path';
import { Browser } from './browser.mjs';

const browser = new Browser();
for (const file of process.argv.slice(2)) {
	const page = await browser.open(file);
	const wrong = [];
	if ((await page.until('document.documentElement.dataset.ready', 20000)) !== 'yes')
		wrong.push('it does not draw itself');
	if (await page.get('document.documentElement.dataset.owned ?? null'))
		wrong.push('a name of the trace ran as a script');
	for (const what of [...wrong, ...page.messages]) console.log(`${basename(file)}: ${what}`);
	await page.close();
}
await browser.close();
