import { loadavg } from 'node:os';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { browserOptions } from '../support/browser';
import { type ClientCost, measureClient } from './hypothesis-client';
import { hypothesisSource } from './hypothesis-source';
import type { Bench } from './page-layers';
import { measurePageLoad, type Spent } from './page-load';
import { startSeminars } from './page-seminar';
import { scriptOf, sectionPage } from './section-page';
import { startTaskClock } from './task-duration';

/**
 * `npm run bench:page`: what it costs a browser's main thread to show many notes on 80,000 characters: our text layer
 * beside others, on the same page with the markup of a section; and the whole reading page of a real server, React and
 * the margin included, in the same run. `ROUNDS` sets how often; the median counts.
 */

const LENGTH = 80_000;
const COUNTS = [1_000, 3_000, 10_000];
const WHOLE = [1_000, 10_000];
/** So many for a client that takes seconds for them. */
const CLIENT = 1_000;
const ROUNDS = Number(process.env.ROUNDS ?? 3);
/** Those that would take minutes stop at so many notes. */
const WAYS: [string, string, number][] = [
  ['ours', 'Scholion: highlights near the view', 10_000],
  ['everywhere', 'Scholion: highlights everywhere', 10_000],
  ['recogito highlights', '@recogito/text-annotator: highlights', 10_000],
  ['recogito spans', '@recogito/text-annotator: spans', 3_000],
  ['hypothesis', 'Hypothesis: its anchoring and highlighter', 3_000],
];

async function taskTime(page: Page, work: () => Promise<void>): Promise<number> {
  const spent = await startTaskClock(page);
  const before = await spent();
  await work();
  return (await spent()) - before;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
type InPage = { bench: Bench };

async function main(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: ['tests/bench/page-layers.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    plugins: [hypothesisSource()],
    outdir: 'out',
    logLevel: 'error',
    loader: { '.css': 'empty' },
  });
  const html = sectionPage(LENGTH, '', scriptOf(outputFiles[0]?.text ?? ''));
  const { args, ...options } = await browserOptions();
  // A frame of another site has a process of its own, as on the web.
  const browser = await chromium.launch({ ...options, args: [...args, '--site-per-process'] });
  const measure = async (way: string, count: number) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.setContent(html);
    await page.evaluate(([name, n]) => (window as unknown as InPage).bench.prepare(name, n), [
      way,
      count,
    ] as const);
    let seen = { elements: 0, longest: 0 };
    const spent = await taskTime(page, async () => {
      seen = await page.evaluate(() => (window as unknown as InPage).bench.run());
    });
    const hit =
      way === 'ours' ? await page.evaluate((n) => (window as unknown as InPage).bench.hitTime(n), count) : 0;
    await page.close();
    return { spent, hit, ...seen };
  };
  const idle = median(await rounds(() => measure('nothing', 0).then(({ spent }) => spent)));
  console.log('notes, main-thread time added, × ours, longest task, elements added, hit test');
  for (const count of COUNTS) {
    let ours = 0;
    for (const [way, name, most] of WAYS) {
      if (count > most) {
        console.log(`${String(count).padStart(6)}  ${name.padEnd(44)} not run`);
        continue;
      }
      const runs = await rounds(() => measure(way, count));
      const added = Math.max(0, median(runs.map(({ spent }) => spent)) - idle);
      ours ||= added;
      const longest = median(runs.map((run) => run.longest));
      const cells = [
        `${added.toFixed(0)} ms`.padStart(9),
        `× ${(added / ours).toFixed(1)}`.padStart(8),
        (longest === 0 ? 'under 50 ms' : `${longest.toFixed(0)} ms`).padStart(12),
        String(runs[0]?.elements ?? 0).padStart(7),
        way === 'ours' ? `${median(runs.map(({ hit }) => hit)).toFixed(2)} ms`.padStart(9) : '',
      ];
      console.log(`${String(count).padStart(6)}  ${name.padEnd(44)}${cells.join('')}`);
    }
  }
  await printClient(browser, html);
  await printWhole(browser);
  await browser.close();
  process.exit(0);
}

/** The whole Hypothesis client on the same text: what so many notes add to a page that has it without any. */
async function printClient(browser: Browser, html: string): Promise<void> {
  const page = await browser.newPage();
  await page.setContent(html);
  const notes = await page.evaluate((n) => (window as unknown as InPage).bench.notes(n), CLIENT);
  await page.close();
  const embedded = (embed: string) => sectionPage(LENGTH, embed, '');
  const costs = await rounds(async () => ({
    without: await measureClient(browser, embedded, []),
    with: await measureClient(browser, embedded, notes),
  }));
  const added = (what: keyof ClientCost) =>
    median(costs.map((cost) => cost.with[what] - cost.without[what])).toFixed(0);
  console.log(
    `${String(CLIENT).padStart(6)}  the whole Hypothesis client, its sidebar not counted: ` +
      `${added('page')} ms, ${added('elements')} elements`,
  );
}

/** The whole page, in rounds that have every number once, so that a busy minute falls on all. */
async function printWhole(browser: Browser): Promise<void> {
  const { url, stop } = await startSeminars(LENGTH, [0, ...WHOLE]);
  const runs = await rounds(async () => {
    const each = new Map<number, Spent>();
    for (const count of [0, ...WHOLE]) each.set(count, await measurePageLoad(browser, url, count));
    return each;
  });
  await stop();
  const of = (count: number, what: keyof Spent) => median(runs.map((each) => each.get(count)?.[what] ?? 0));
  const added = (count: number, what: keyof Spent) => of(count, what) - of(0, what);
  console.log(
    '\n| the whole page | without fetch and parse | with | with, by the clock | longest task | elements |',
  );
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const count of WHOLE) {
    const [cpu, fetched] = [added(count, 'cpu'), added(count, 'fetched')];
    const times = [cpu - fetched, cpu, added(count, 'wall'), of(count, 'longest')];
    const cells = times.map((time) => `${time.toFixed(0)} ms`);
    console.log(`| ${[count, ...cells, of(count, 'elements')].join(' | ')} |`);
  }
  // Two runs of a busy machine do not compare: what each round gave says how far they are to be believed.
  for (const count of [0, ...WHOLE]) {
    const each = runs.map((round) => `${round.get(count)?.cpu.toFixed(0)} ms`);
    console.log(`turning to ${count} in each round: ${each.join(', ')}`);
  }
  console.log(
    `load of the machine: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')}`,
  );
}

async function rounds<T>(work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let round = 0; round < ROUNDS; round++) results.push(await work());
  return results;
}

main();
