import { createHash } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility-faults';
import { loadPosition, shownText } from '../support/reading-page';
import { signIn } from '../support/sign-in';

declare global {
  interface Window {
    /** How far parts of the page have moved since it was opened (Layout Instability, §3). */
    shift: number;
  }
}

const EDITION = '/editions/gheorghiu-2009';

/** The beginning of the SHA-256 of each canonical text, computed once from the printed article by other means. */
const TEXTS: Record<string, Record<string, string>> = {
  article: {
    article: '16c105948884a057',
    'article.n1': '754e0549926f1ac9',
    'article.n2': '3ab659bcae276c2d',
    'article.n3': 'bfdaf8899546ef5b',
    'article.n4': '5fac0491e0a3a986',
    'article.n5': '754e0549926f1ac9',
    'article.n6': '4c7197c25329c8ef',
    'article.n7': '6e5e85f2bc27cc00',
    'article.n8': '264897fb12b1a1b9',
    'article.n9': '9c73ba8f013bc5df',
  },
  doc1: { doc1: 'd2c3165c2a4b47c6' },
  doc2: { doc2: 'd09499fb6d9c5eef' },
};

/**
 * The most that a reading page may load as scripts, compressed; and with what a member of a seminar is shown: notes, the
 * editor that is there before the connection may be gone, and the bell.
 */
const SCRIPT_BYTES = 158_000;
const MEMBER_SCRIPT_BYTES = 198_000;

// No test of this file writes anything.
test.describe.configure({ mode: 'parallel' });

const popover = (page: Page) => page.locator('[popover][role="dialog"]');
const noteCall = (page: Page, note: number) => page.locator(`[id="article.n${note}.call"]`);

const noteBackLink = (page: Page, note: number) => page.getByLabel(`Back to the text at note ${note}`);

const READINGS = { 'as printed': 'printed', corrected: 'corrected' } as const;

/** Chooses how misprints are shown. */
async function chooseReading(page: Page, reading: keyof typeof READINGS): Promise<void> {
  await page.getByRole('button', { name: 'Display', exact: true }).click();
  await page.getByRole('radio', { name: reading }).check();
  await page.keyboard.press('Escape');
}

/** Checks that the paragraph is in view and is the target of the address. */
async function expectArrivedAt(page: Page, paragraph: string): Promise<void> {
  await expect(page.locator(`[id="${paragraph}"]`)).toBeInViewport();
  const named = await page.evaluate(() => document.querySelector(':target')?.closest('[data-start]')?.id);
  expect(named).toBe(paragraph);
}

/** Adds up the scripts of a page as they are sent. */
function countScriptBytes(page: Page): () => Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script')
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  return async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

for (const [path, texts] of Object.entries(TEXTS)) {
  test(`the page of ${path} shows the canonical text and nothing else, in both readings`, async ({
    page,
  }) => {
    await page.goto(`${EDITION}/${path}`);
    for (const reading of ['as printed', 'corrected'] as const) {
      // The article has no misprints and no choice on its page, but a choice made elsewhere holds there too.
      if (path !== 'article') await chooseReading(page, reading);
      else
        await page.evaluate(
          (name) => document.documentElement.setAttribute('data-reading', name),
          READINGS[reading],
        );
      for (const [section, hash] of Object.entries(texts)) {
        const shown = await shownText(page, section);
        const { text, paragraphs } = await (
          await page.request.get(`/api/v1${EDITION}/sections/${section}`)
        ).json();
        expect(shown).toBe(text);
        expect(createHash('sha256').update(shown).digest('hex')).toMatch(new RegExp(`^${hash}`));
        const points = [...text];
        const joined = paragraphs.map(({ start, end }: { start: number; end: number }) =>
          points.slice(start, end).join(''),
        );
        expect(joined.join('\n')).toBe(text);
      }
    }
  });
}

test('«нездоровой шумихи» is one run of text, though the print breaks it over two lines', async ({
  page,
}) => {
  await page.goto(`${EDITION}/doc1`);
  const runs = await page.evaluate(() => {
    const walker = document.createTreeWalker(
      document.querySelector('[data-section="doc1"]')!,
      NodeFilter.SHOW_TEXT,
    );
    let found = 0;
    while (walker.nextNode()) if (walker.currentNode.textContent?.includes('нездоровой шумихи')) found++;
    return found;
  });
  expect(runs).toBe(1);
});

test('choosing the corrected reading shows it, and moves no offset', async ({ page }) => {
  await page.goto(`${EDITION}/doc1`);
  await loadPosition(page);
  const { corrections } = await (await page.request.get(`/api/v1${EDITION}/sections/doc1`)).json();
  const places = () =>
    page.evaluate(
      (corrections) => {
        const root = document.querySelector('[data-section="doc1"]')!;
        return {
          blocks: window.position.blocksOf(root).map(({ id, start, end }) => [id, start, end]),
          printed: corrections.map(({ start, end }) => window.position.sliceOf(root, start, end)),
          positions: corrections.map(({ start, end }) => {
            const range = end > start && window.position.rangeOf(root, start, end);
            return range ? window.position.spanOf(root, range) : null;
          }),
        };
      },
      corrections as { start: number; end: number }[],
    );
  const misprint = page.locator('[id="doc1.p8"]');
  const before = await places();
  expect(before.printed).toEqual(corrections.map(({ printed }: { printed: string }) => printed));
  await expect(misprint.getByText('сушествовала', { exact: true })).toBeVisible();
  await chooseReading(page, 'corrected');
  await expect(misprint.getByText('существовала', { exact: true })).toBeVisible();
  await expect(misprint.getByText('сушествовала', { exact: true })).toBeHidden();
  expect(await places()).toEqual(before);
  await page.reload();
  await expect(misprint.getByText('существовала', { exact: true })).toBeVisible();
  await chooseReading(page, 'as printed');
  await loadPosition(page);
  expect(await places()).toEqual(before);
});

test('a misprint’s reading opens by tap, click, Enter and Space, and can be shown in the text', async ({
  browser,
}) => {
  const context = await browser.newContext({ hasTouch: true });
  const page = await context.newPage();
  await page.goto(`${EDITION}/doc1`);
  await expect(page.getByRole('complementary', { name: 'Notes' })).toBeVisible();
  const misprint = page.locator('[id="doc1.p8"] .choice').filter({ hasText: 'сушествовала' });
  const mark = misprint.locator('a.mark');
  for (const open of [
    () => misprint.tap(),
    () => misprint.click(),
    () => mark.press('Enter'),
    () => mark.press('Space'),
  ]) {
    await open();
    await expect(popover(page)).toContainText('Printed “сушествовала”, to be read “существовала”');
    await page.keyboard.press('Escape');
    await expect(popover(page)).toBeHidden();
  }
  await mark.focus();
  await expect(mark).toBeVisible();
  const state = page.locator('article summary');
  await expect(state).toContainText(/as printed/);
  await expect(state.getByText('corrected')).toBeHidden();
  await misprint.click();
  await popover(page).getByRole('button', { name: 'Read the text corrected' }).click();
  await expect(misprint.getByText('существовала', { exact: true })).toBeVisible();
  // Nothing says now that the text stands as printed: not here, not on paper, not before the scripts come.
  await page.route('**/*.js', (route) =>
    new URL(route.request().url()).pathname.startsWith('/_next/') ? route.abort() : route.continue(),
  );
  await page.reload();
  await page.getByText('Corrections and editorial notes').click();
  await expect(page.getByText('The text is shown corrected.')).toBeVisible();
  await expect(page.getByText('The text stands as printed.')).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('The text stands as printed.')).toBeHidden();
  await expect(page.locator('main').getByText('as printed').first()).toBeHidden();
  await context.close();
});

test('where one read last is kept, and gone on from at home', async ({ page }) => {
  await page.goto(`${EDITION}/doc1?group=demo-seminar`);
  await page.locator('[id="doc1.p3"]').evaluate((element) => {
    window.scrollTo({ top: element.getBoundingClientRect().top + window.scrollY - 80, behavior: 'instant' });
  });
  await expect
    .poll(async () => (await page.context().cookies()).find(({ name }) => name === 'place')?.value)
    .toContain('doc1.p3');
  const [place] = (await page.context().cookies()).filter(({ name }) => name === 'place');
  expect(decodeURIComponent(place?.value ?? '')).toBe(`${EDITION}/doc1?group=demo-seminar#doc1.p3`);
  await signIn(page.context(), 'student1');
  await page.goto('/');
  await page.getByRole('link', { name: /Continue at §\s*3/ }).click();
  await expect(page).toHaveURL(`${EDITION}/doc1?group=demo-seminar#doc1.p3`);
  await expectArrivedAt(page, 'doc1.p3');
});

test('a note opens beside its number by mouse and by keyboard, and gives the focus back', async ({
  page,
}) => {
  await page.goto(`${EDITION}/article`);
  await expect(page.getByRole('complementary', { name: 'Notes' })).toBeVisible();
  await noteCall(page, 2).click();
  await expect(popover(page)).toBeVisible();
  await expect(popover(page)).toContainText('Aristov');
  await expect(page).toHaveURL(`${EDITION}/article`);
  await page.keyboard.press('Escape');
  await expect(popover(page)).toBeHidden();
  await expect(noteCall(page, 2)).toBeFocused();

  for (const leave of [
    () => page.keyboard.press('Escape'),
    () => popover(page).getByRole('button', { name: 'Close' }).click(),
  ]) {
    await noteCall(page, 5).focus();
    await page.keyboard.press('Enter');
    await expect(popover(page)).toBeFocused();
    await expect(popover(page)).toContainText('See Document I.');
    await leave();
    await expect(popover(page)).toBeHidden();
    await expect(noteCall(page, 5)).toBeFocused();
  }

  await noteCall(page, 5).press('Enter');
  await popover(page).getByRole('link', { name: 'Show it below the text' }).click();
  await expect(popover(page)).toBeHidden();
  await expectArrivedAt(page, 'article.n5');
});

test('note 5 leads to Document I, and from there back to the note and to its place', async ({ page }) => {
  await page.goto(`${EDITION}/article`);
  await expect(page.getByRole('complementary', { name: 'Notes' })).toBeVisible();
  await noteCall(page, 5).click();
  await popover(page).getByRole('link', { name: 'Document I' }).click();
  await expect(page).toHaveURL(`${EDITION}/doc1`);
  await page.getByText('Details', { exact: true }).click();
  await page.getByRole('link', { name: 'Note 5' }).click();
  await expect(page).toHaveURL(`${EDITION}/article#article.n5`);
  await expectArrivedAt(page, 'article.n5');
  await noteBackLink(page, 5).click();
  await expect(page).toHaveURL(`${EDITION}/article#article.n5.call`);
  await expect(noteCall(page, 5)).toBeInViewport();
});

test('the printed pages are numbered from 123 to 128, at their places', async ({ page }) => {
  const labels: string[] = [];
  for (const section of Object.keys(TEXTS)) {
    await page.goto(`${EDITION}/${section}`);
    labels.push(...(await page.locator('[role="doc-pagebreak"]').allTextContents()));
  }
  expect(labels).toEqual(['123', '124', '125', '126', '127', '128']);
});

test('a short and a full anchor lead to the same paragraph', async ({ page }) => {
  for (const anchor of ['p4', 'doc1.p4']) {
    await page.goto(`${EDITION}/doc1#${anchor}`);
    await expectArrivedAt(page, 'doc1.p4');
    await page.goto('about:blank');
  }
});

test('paper gets the text and its notes, and nothing that works only on a screen', async ({ page }) => {
  await page.goto(`${EDITION}/article`);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('[id="article.p6"]')).toBeVisible();
  await expect(page.locator('[role="doc-endnotes"]')).toBeVisible();
  await expect(page.locator('[id="article.n9"]')).toBeVisible();
  await expect(page.getByText(/rev\. 1$/)).toBeVisible();
  for (const chrome of ['body > header', '#glossing', 'main nav', 'nav', '[aria-label="Display"]']) {
    for (const element of await page.locator(chrome).all()) await expect(element).toBeHidden();
  }
});

test('words are found in the whole text, and lit where they stand', async ({ page }) => {
  await page.goto(`${EDITION}/doc1`);
  await page.getByRole('link', { name: 'Find in this text' }).click();
  await page.getByRole('searchbox', { name: 'Find in this text' }).fill('НЕЗДОРОВОЙ  шумихи');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: '1 place' })).toBeVisible();
  await expect(page.locator('mark')).toHaveText('нездоровой шумихи');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('link', { name: 'нездоровой шумихи' }).click();
  await expect(page.locator('[id="doc1.p3"]')).toBeInViewport();
  await expect.poll(() => page.evaluate(() => CSS.highlights.get('gloss-cited')?.size ?? 0)).toBe(1);
});

test('a seminar’s notes go on paper where the reader wants them, numbered', async ({ context }) => {
  await signIn(context, 'student1');
  const page = await context.newPage();
  await page.goto(`${EDITION}/doc1?group=demo-seminar`);
  await expect(page.locator('button[data-thread]').first()).toBeVisible();
  await page.getByRole('button', { name: 'Display', exact: true }).click();
  await page.getByRole('radio', { name: 'under the text' }).check();
  await page.keyboard.press('Escape');
  const notes = page.locator('#notes-under-text > section');
  await expect(notes).toBeHidden();
  await expect(notes).toHaveAttribute('data-print-pending', 'false');
  await page.emulateMedia({ media: 'print' });
  await expect(notes.getByRole('listitem').filter({ hasText: 'нездоровой шумихи' })).toBeVisible();
  await expect(page.locator('[id="doc1.p3"]')).toHaveAttribute('data-print-notes', /^\d/);
  await expect(page.locator('#glossing')).toBeHidden();
  await expect(page.locator('main').getByText('as printed').first()).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the text is there, and its notes, its corrections and its neighbours are links', async ({ page }) => {
    await page.goto(`${EDITION}/article`);
    await expect(page.locator('[id="article.p6"]')).toBeVisible();
    await noteCall(page, 5).click();
    await expect(page).toHaveURL(`${EDITION}/article#article.n5`);
    await expect(page.locator('[id="article.n5"]')).toBeInViewport();
    await noteBackLink(page, 5).click();
    await expect(page).toHaveURL(`${EDITION}/article#article.n5.call`);
    await expect(noteCall(page, 5)).toBeInViewport();
    await page.locator('a[rel="next"]').click();
    await expect(page).toHaveURL(`${EDITION}/doc1`);
    await expect(page.getByText('нездоровой шумихи')).toBeVisible();
    await page.locator('a[rel="prev"]').click();
    await expect(page).toHaveURL(`${EDITION}/article`);
    await expect(page.getByText('Notes need JavaScript')).toBeVisible();
    await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
    await page.goto(EDITION);
    await page.getByRole('searchbox').fill('совете');
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await expect(page.getByText('is not in this text')).toBeVisible();
    await page.getByRole('searchbox').fill('aristov');
    await page.getByRole('searchbox').press('Enter');
    await page
      .getByRole('link', { name: /Aristov/ })
      .and(page.locator('[href$="#article.n2"]'))
      .click();
    await expect(page.locator('[id="article.n2"]')).toBeInViewport();
  });
});

test('a reading page comes ready-made: the same bytes for everybody, compressed, and 304 the second time', async ({
  page,
  context,
}) => {
  const path = `${EDITION}/doc1`;
  const read = (headers: Record<string, string> = {}) =>
    page.request.get(path, { headers: { 'accept-encoding': 'br', 'accept-language': 'en', ...headers } });
  const [first, second] = [await read(), await read()];
  const { etag = '' } = first.headers();
  expect(etag).toMatch(/^"[\w-]+-br"$/);
  expect(second.headers().etag).toBe(etag);
  expect(first.headers()['content-encoding']).toBe('br');
  for (const answer of [first, second]) expect(answer.headers()).not.toHaveProperty('set-cookie');

  const known = await read({ 'if-none-match': etag });
  expect(known.status()).toBe(304);
  expect((await known.body()).length).toBe(0);

  const zipped = await read({ 'accept-encoding': 'gzip' });
  expect(zipped.headers()['content-encoding']).toBe('gzip');
  expect(zipped.headers().etag).not.toBe(etag);
  expect(await zipped.text()).toBe(await first.text());

  const russian = await read({ 'accept-language': 'ru' });
  expect(russian.headers().etag).not.toBe(etag);
  expect(await russian.text()).toContain('<html lang="ru"');

  await signIn(context, 'student1');
  const signedIn = await read();
  expect(signedIn.headers().etag).toBe(etag);
  expect(await signedIn.text()).toBe(await first.text());
});

test('the page obeys a policy without exceptions, and its scripts stay small', async ({ page }) => {
  const broken: string[] = [];
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`CSP: ${violatedDirective} ${blockedURI}`),
    );
  });
  page.on('console', (message) => {
    if (message.type() === 'error') broken.push(message.text());
  });
  page.on('pageerror', (error) => broken.push(error.message));
  const scriptBytes = countScriptBytes(page);
  const answer = await page.goto(`${EDITION}/article`);
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'sha256-/);
  expect(policy).not.toMatch(/unsafe/);
  await expect(page.getByRole('complementary', { name: 'Notes' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await noteCall(page, 3).click();
  await expect(popover(page)).toBeVisible();
  // Without a session `/me` answers 401, which the browser logs.
  expect(broken.filter((text) => !/status of 401/.test(text))).toEqual([]);
  const bytes = await scriptBytes();
  test.info().annotations.push({ type: 'script bytes', description: String(bytes) });
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(SCRIPT_BYTES);
});

for (const width of [390, 768, 1440]) {
  test(`a stranger’s page loads no script for notes at ${width} pixels`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width, height: 844 } });
    const page = await context.newPage();
    const scriptBytes = countScriptBytes(page);
    await page.goto(`${EDITION}/doc1`);
    await expect(page.getByText('Sign in to see the notes of your seminar here')).toBeAttached();
    await page.waitForLoadState('networkidle');
    expect(await scriptBytes()).toBeLessThanOrEqual(SCRIPT_BYTES);
    await context.close();
  });

  test(`nothing moves while a page is loaded at ${width} pixels, on a machine a quarter as fast`, async ({
    browser,
  }) => {
    const moved: string[] = [];
    for (const path of ['/', '/editions', EDITION, `${EDITION}/doc1`, `${EDITION}/article`]) {
      const context = await browser.newContext({ viewport: { width, height: 844 } });
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      await page.addInitScript(() => {
        Object.assign(window, { shift: 0 });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            window.shift += (entry as unknown as { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      const shift = await page.evaluate(() => document.fonts.ready.then(() => window.shift));
      if (shift > 0.02) moved.push(`${path}: ${shift}`);
      await context.close();
    }
    expect(moved).toEqual([]);
  });
}

test('what a member of a seminar is shown takes little more', async ({ context }) => {
  await signIn(context, 'student1');
  const page = await context.newPage();
  const scriptBytes = countScriptBytes(page);
  await page.goto(`${EDITION}/doc1?group=demo-seminar`);
  await expect(page.locator('button[data-thread]').first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  const bytes = await scriptBytes();
  test.info().annotations.push({ type: 'script bytes', description: String(bytes) });
  expect(bytes).toBeGreaterThan(SCRIPT_BYTES);
  expect(bytes).toBeLessThanOrEqual(MEMBER_SCRIPT_BYTES);
});

for (const width of [390, 1440]) {
  test(`nothing stands in a reader's way at ${width} pixels, in each look`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    const faults: string[] = [];
    const look = async (path: string) => {
      await page.goto(path);
      faults.push(...(await accessibilityFaults(page, path)));
    };
    const sections = Object.keys(TEXTS).map((section) => `${EDITION}/${section}`);
    for (const path of ['/', '/signin', EDITION, ...sections]) await look(path);
    await signIn(context, 'student1');
    await look('/groups');
    expect(faults).toEqual([]);
    await context.close();
  });
}

test('a link of another page leads to a text without loading that other page again', async ({ context }) => {
  await signIn(context, 'student1');
  const page = await context.newPage();
  await page.goto('/groups/demo-seminar');
  await page.evaluate(
    (path) =>
      (window as unknown as { next: { router: { push: (path: string) => void } } }).next.router.push(path),
    `${EDITION}/doc1`,
  );
  await expect(page).toHaveURL(`${EDITION}/doc1`);
  await expect(page.locator('[data-section="doc1"]')).toContainText('нездоровой шумихи');
  await expect(page.locator('button[data-thread]').first()).toBeVisible();
});
