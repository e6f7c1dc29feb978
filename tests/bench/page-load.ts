import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { signIn } from '../support/sign-in';
import { EDITION, SECTION, slugOf } from './page-seminar';

/** What a seminar's notes cost the main thread in the real reading page, which is open and at rest when they come. */

/** Main-thread milliseconds of a seminar's notes, from the wish for them until all is still. */
export interface Spent {
  /** By the clock, in which other programs have run too. */
  wall: number;
  /** Of the processor. */
  cpu: number;
  /** The longest task, of the processor. */
  longest: number;
  /** What the same answers cost to fetch and to parse by themselves, of the processor. */
  fetched: number;
  /** Elements that stand in the texts more than before. */
  elements: number;
}

/** After the last answer has come, milliseconds in which what is left is drawn. */
const REST = 1_500;

/**
 * Opens the page with a seminar that has no notes; then the reader turns to the one with `count`. With none it turns
 * to another empty one, which is what turning itself costs.
 */
export async function measurePageLoad(browser: Browser, url: string, count: number): Promise<Spent> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 } });
  await signIn(context, 'instructor');
  const page = await openPage(context);
  const elements = () => page.evaluate(() => document.querySelectorAll('[data-section] *').length);
  const before = await elements();

  const asked: string[] = [];
  const spent = await traceTasks(browser, page, () => turnTo(page, count, asked));
  const added = (await elements()) - before;
  const shown = (await page.locator('aside h2').textContent())?.replace(/\D/g, '');
  if (Number(shown) !== count) throw new Error(`The margin counts ${shown} glosses, not ${count}.`);
  await page.close();

  const other = await openPage(context);
  const fetched = await traceTasks(browser, other, () =>
    other.evaluate(async (urls) => {
      for (const url of urls) await (await fetch(url)).json();
    }, asked),
  );
  await context.close();
  return { ...spent, fetched: fetched.cpu, elements: added };
}

/** Turns to a seminar and waits for all that the page asks for then, by means that cost the page itself next to nothing. */
async function turnTo(page: Page, count: number, asked: string[]): Promise<void> {
  const ours = (request: Request) => request.url().includes(`/groups/${turnedTo(count)}/`);
  let waiting = 0;
  let since = Number.POSITIVE_INFINITY;
  const ended = (request: Request) => {
    if (!ours(request)) return;
    waiting--;
    since = Date.now();
  };
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  page.on('request', (request) => {
    if (!ours(request)) return;
    asked.push(request.url());
    waiting++;
  });
  await page.evaluate((slug) => {
    const select = document.querySelector<HTMLSelectElement>('aside select');
    if (!select) throw new Error('The margin has no choice of seminars.');
    select.value = slug;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, turnedTo(count));
  while (waiting > 0 || !(Date.now() - since > REST)) {
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** The seminar that has so many notes, another than the page is opened with. */
const turnedTo = (count: number) => (count === 0 ? 'demo-seminar' : slugOf(count));

async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/editions/${EDITION}/${SECTION}?group=${slugOf(0)}`, { waitUntil: 'networkidle' });
  await page.locator('aside select').waitFor();
  await page.waitForTimeout(REST);
  return page;
}

type Tasks = Pick<Spent, 'wall' | 'cpu' | 'longest'>;

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** The processor's part of it: what is left where other programs have run in between. */
  tdur?: number;
}

/** The tasks of a page's main thread while `work` goes on and until it rests: their sum, and the longest. */
async function traceTasks(browser: Browser, page: Page, work: () => Promise<void>): Promise<Tasks> {
  const categories = ['disabled-by-default-devtools.timeline', 'blink.user_timing'];
  await browser.startTracing(page, { categories });
  await page.evaluate(() => performance.mark('bench-from'));
  await work();
  await page.evaluate(() => performance.mark('bench-to'));
  const trace = await browser.stopTracing();
  const { traceEvents: events } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const from = events.find(({ name }) => name === 'bench-from');
  const to = events.find(({ name }) => name === 'bench-to');
  if (!from || !to) throw new Error('The trace has lost its marks.');
  let end = 0;
  const spent: Tasks = { wall: 0, cpu: 0, longest: 0 };
  const tasks = events.filter(
    ({ name, pid, tid, ts }) =>
      name === 'RunTask' && pid === from.pid && tid === from.tid && ts > from.ts && ts < to.ts,
  );
  for (const { ts, dur = 0, tdur = 0 } of tasks.sort((a, b) => a.ts - b.ts)) {
    // A task within a task is counted with it.
    if (ts < end) continue;
    end = ts + dur;
    spent.wall += dur / 1000;
    spent.cpu += tdur / 1000;
    spent.longest = Math.max(spent.longest, tdur / 1000);
  }
  if (spent.cpu === 0) throw new Error('The trace has no tasks of the page.');
  return spent;
}
