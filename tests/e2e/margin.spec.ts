import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility-faults';
import { writeManyNotes } from '../support/many-notes';
import { ownSeminar } from '../support/own-seminar';
import { readSection } from '../support/reading-page';
import { signIn } from '../support/sign-in';

/** Notes on the paragraphs of Document I, 44 in all; the third has more than the margin shows as cards. */
const COUNTS = [3, 2, 23, 8, 6, 2];
const LINE = /^23 notes/;

let seminar: string;
let notes: string[][];
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'margin');
  notes = await writeManyNotes(browser, seminar, COUNTS);
});

async function openAs(context: BrowserContext, account: string, query = ''): Promise<Page> {
  await signIn(context, account);
  const page = await context.newPage();
  await readSection(page, 'doc1', `?group=${seminar}${query}`);
  return page;
}

const chip = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name} ?\\d+$`) });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

test('filters add up, count truly whatever is open, stand in the address, and go back one by one', async ({
  context,
}) => {
  const page = await openAs(context, 'student1');
  await expect(heading(page, '44 notes')).toBeVisible();
  await expect(chip(page, 'Questions')).toHaveText('Questions15');
  // Neither an opened paragraph nor an open thread counts for more.
  await page.getByRole('button', { name: LINE }).click();
  await expect(chip(page, 'Questions')).toHaveText('Questions15');
  await chip(page, 'Questions').click();
  await expect(heading(page, '15 of 44 notes')).toBeVisible();
  await expect(page).toHaveURL(/kind=question/);
  await chip(page, 'Mine').click();
  // Every third note is a question and the first student's.
  await expect(heading(page, '15 of 44 notes')).toBeVisible();
  await expect(page).toHaveURL(/mine=1.*kind=question/);

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const panel = page.getByRole('group', { name: 'Filter' }).last();
  await panel.getByRole('button', { name: /^#лексика/ }).click();
  await expect(heading(page, '8 of 44 notes')).toBeVisible();
  await panel.getByLabel('Author').selectOption({ index: 1 });
  await expect(page).toHaveURL(/author=/);
  await panel.getByLabel('Written').selectOption('today');
  await expect(heading(page, '8 of 44 notes')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel.getByLabel('Written')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Filter', exact: true })).toBeFocused();

  const address = page.url();
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await expect(heading(page, '15 of 44 notes')).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect(heading(page, '44 notes')).toBeVisible();
  await expect(page).not.toHaveURL(/kind=/);

  const other = await openAs(context, 'student1', new URL(address).search.replace(/^\?group=[^&]*/, ''));
  await expect(heading(other, '8 of 44 notes')).toBeVisible();
  await other.getByRole('button', { name: 'Clear all' }).click();
  await expect(heading(other, '44 notes')).toBeVisible();
  await expect(other.getByRole('button', { name: /^Mine/ })).toBeFocused();
});

test('a tag leads to its notes, from a closed card and from an open one', async ({ context }) => {
  const page = await openAs(context, 'student2');
  await page.getByRole('link', { name: 'лексика' }).first().click();
  await expect(heading(page, '22 of 44 notes')).toBeVisible();
  await expect(page).toHaveURL(/tag=/);
  await page.locator('button[data-thread]').first().click();
  await expect(page.locator('[data-note]').getByRole('link', { name: 'лексика' })).toHaveAttribute(
    'href',
    /tag=/,
  );
});

test('a paragraph of many notes is one line, which opens in its place and closes by Escape', async ({
  context,
}) => {
  const page = await openAs(context, 'student1');
  const line = page.getByRole('button', { name: LINE });
  await expect(line).toContainText('8 questions');
  await expect(line).toHaveAttribute('aria-expanded', 'false');
  const cards = page.locator('section:has(> [data-stub][aria-expanded="true"]) button[data-thread]');
  const text = await page.locator('[data-section="doc1"]').boundingBox();
  await line.click();
  await expect(cards).toHaveCount(10);
  await page.getByRole('button', { name: '10 more notes' }).click();
  await expect(cards).toHaveCount(20);
  expect((await page.locator('[data-section="doc1"]').boundingBox())?.height).toBe(text?.height);
  // Opening another closes it.
  await page.getByRole('link', { name: /^8 notes on/ }).evaluate((link: HTMLElement) => {
    link.closest('[data-start]')?.scrollIntoView({ block: 'center', behavior: 'instant' });
    link.click();
  });
  await expect(line).toHaveAttribute('aria-expanded', 'false');
  await expect(cards).toHaveCount(8);
  await page.keyboard.press('Escape');
  await expect(cards).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^8 notes/ })).toBeFocused();
  // An open thread stands at its words, and the list is there again once it is closed.
  await line.click();
  await cards.nth(4).click();
  await expect(page.locator(`section[data-thread="${notes[2]![4]}"]`)).toBeVisible();
  await expect(cards).toHaveCount(0);
  await page.getByRole('button', { name: 'Close the thread' }).click();
  await expect(page.locator(`button[data-thread="${notes[2]![4]}"]`)).toBeFocused();
});

test('beside a paragraph with notes the column is never empty', async ({ context }) => {
  const page = await openAs(context, 'student1');
  await page.setViewportSize({ width: 1440, height: 900 });
  for (let y = 0; y < 3000; y += 450) {
    await page.evaluate((y) => window.scrollTo({ top: y, behavior: 'instant' }), y);
    await page.waitForTimeout(300);
    const empty = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('aside [data-thread], aside [data-stub]')].map((element) =>
        element.getBoundingClientRect(),
      );
      const noted = [...document.querySelectorAll('[data-note-links]')].map((host) => host.parentElement!);
      // A paragraph in the middle of the window has something of the margin within a screen's half of it.
      return noted
        .map((paragraph) => ({ id: paragraph.id, at: paragraph.getBoundingClientRect() }))
        .filter(({ at }) => at.top > 100 && at.bottom < window.innerHeight - 100)
        .filter(({ at }) => !boxes.some((box) => box.bottom > at.top - 20 && box.top < at.bottom + 450))
        .map(({ id }) => id);
    });
    expect(empty).toEqual([]);
  }
});

test('highlights are all, mine or none, are remembered, and what they mean is said where they are chosen', async ({
  context,
}) => {
  const page = await openAs(context, 'student1');
  const lines = () =>
    page.evaluate(() =>
      ['own', 'several', 'question', 'note'].filter(
        (name) => (CSS.highlights.get(`gloss-${name}`)?.size ?? 0) > 0,
      ),
    );
  await expect.poll(lines).toContain('note');
  const menu = page.getByRole('button', { name: /^Highlights/ });
  await menu.click();
  await expect(page.getByText('a note of yours')).toBeVisible();
  await page
    .getByRole('group', { name: 'Highlights', exact: true })
    .getByRole('button', { name: 'Mine' })
    .click();
  await expect.poll(lines).toEqual(['own']);
  await page
    .getByRole('group', { name: 'Highlights', exact: true })
    .getByRole('button', { name: 'None' })
    .click();
  await expect.poll(lines).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(menu).toBeFocused();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Highlights: None' })).toBeVisible();
  await expect.poll(lines).toEqual([]);
  // What is open is lit all the same.
  await page.locator('button[data-thread]').first().click();
  await expect
    .poll(() => page.evaluate(() => CSS.highlights.get('gloss-active')?.size ?? 0))
    .toBeGreaterThan(0);
});

test('a screen reader is led from words to their note, and back', async ({ context }) => {
  const page = await openAs(context, 'student1');
  const id = notes[0]![1]!;
  const link = page.locator(`[data-thread-link="${id}"]`);
  await expect(link).toHaveAttribute('aria-label', /^Note on “.+” by Stepan Sokolov, Gloss/);
  await link.evaluate((element: HTMLElement) => element.click());
  await expect(page.locator(`[data-note="${id}"]`)).toBeFocused();
  await page.locator(`section[data-thread="${id}"]`).getByRole('link').first().click();
  await expect(link).toBeFocused();
  // A folded paragraph is led to as a whole.
  const folded = page.getByRole('link', { name: /^23 notes on/ });
  await folded.evaluate((element: HTMLElement) => element.click());
  await expect(page.getByRole('button', { name: LINE })).toBeFocused();
  await expect(page.getByRole('button', { name: LINE })).toHaveAttribute('aria-expanded', 'true');
});

test('selecting by keyboard is found within a few stops of the Tab key', async ({ context }) => {
  const page = await openAs(context, 'student1');
  await expect(heading(page, '44 notes')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Select by keyboard (Alt+K)' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('application')).toBeFocused();
});

test('who may only read is told why, in the margin and at a selection', async ({ context }) => {
  const page = await openAs(context, 'reader');
  await expect(page.getByText('You are a reader here')).toBeVisible();
});

test('a phone has a dock, a number at the end of each noted paragraph, and a sheet that opens where one reads', async ({
  browser,
}) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await openAs(context, 'student1');
  const badges = page.locator('[data-paragraph-link]');
  await expect(badges).toHaveText(COUNTS.map(String));
  const third = badges.nth(2);
  await third.scrollIntoViewIfNeeded();
  const overlap = await third.evaluate((badge) => {
    const { left, right } = badge.getBoundingClientRect();
    return left < 0 || right > window.innerWidth;
  });
  expect(overlap).toBe(false);
  await third.tap();
  const sheet = page.getByRole('dialog', { name: 'Notes' });
  const { height } = (await sheet.boundingBox())!;
  expect(Math.abs(height - 0.72 * 844)).toBeLessThan(2);
  await expect(sheet.locator(`button[data-thread="${notes[2]![0]}"]`)).toBeInViewport();
  await expect(sheet.locator(`button[data-thread="${notes[0]![0]}"]`)).not.toBeInViewport();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(sheet).toBeHidden();

  // The count in the dock opens the list at the paragraph in view.
  await page
    .locator('[id="doc1.p5"]')
    .evaluate((element) => element.scrollIntoView({ block: 'start', behavior: 'instant' }));
  await page.getByRole('button', { name: '44 notes' }).tap();
  await expect(sheet.locator(`button[data-thread="${notes[4]![0]}"]`)).toBeInViewport();
  await sheet.locator('button[data-thread]').first().tap();
  await sheet.getByRole('button', { name: 'Reply' }).first().tap();
  await expect(page.getByLabel('Your text')).toBeFocused();
  await expect.poll(async () => (await sheet.boundingBox())?.height).toBe(844);
  await expect(page.getByRole('button', { name: 'Save reply' })).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await context.close();
});

for (const width of [390, 768, 1440]) {
  test(`many notes stand in nobody's way at ${width} pixels, in each look`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const page = await openAs(context, 'student1');
    const faults: string[] = [];
    const check = async (state: string, within?: string) =>
      faults.push(...(await accessibilityFaults(page, state, within)));
    await expect(page.locator('[data-note-links]')).toHaveCount(COUNTS.length);
    await check('page');
    if (width < 1088) await page.getByRole('button', { name: '44 notes' }).click();
    else await page.getByRole('button', { name: LINE }).click();
    // The text is as it was; what is open stands in the margin or the sheet.
    await check('list', 'aside, dialog');
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await expect(page.getByLabel('Written')).toBeVisible();
    await check('filter', 'aside, dialog');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Highlights/ }).click();
    await check('highlights', 'aside, dialog');
    await page.keyboard.press('Escape');
    await page.locator('button[data-thread]').filter({ visible: true }).first().click();
    await check('thread');
    expect(faults).toEqual([]);
    await context.close();
  });
}
