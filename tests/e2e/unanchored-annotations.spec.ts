import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import pg from 'pg';
import { accessibilityFaults } from '../support/accessibility-faults';
import { delayRequests, SCRIPTS } from '../support/delay-requests';
import { OUR_ORIGIN, ownSeminar, postGloss } from '../support/own-seminar';
import { endsOf, readSection, selectByMouse } from '../support/reading-page';
import { signIn } from '../support/sign-in';

const API = '/api/v1';
const toolbar = (page: Page) => page.getByRole('toolbar', { name: 'Selected words' });
const annotation = (page: Page, body: string) => page.locator('[data-note]').filter({ hasText: body }).last();

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'places');
});

async function openAs(context: BrowserContext, account: string): Promise<Page> {
  await signIn(context, account);
  return context.newPage();
}

/** Makes an anchor fuzzy or orphaned, as a publication does. */
async function orphan(id: string, anchor: 'fuzzy' | 'orphaned', exact: string): Promise<void> {
  const database = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await database.connect();
  const gone = anchor === 'orphaned' ? ', start = NULL, "end" = NULL' : '';
  await database.query(`UPDATE passage SET anchor = $2, exact = $3${gone} WHERE annotation_id = $1`, [
    id,
    anchor,
    exact,
  ]);
  await database.end();
}

test('a note at the foot is glossed there, and its link opens the page that it is on', async ({
  context,
}) => {
  const page = await openAs(context, 'student1');
  await readSection(page, 'article', `?group=${seminar}`);
  await selectByMouse(page, 'article.n5', 'See Document I');
  await toolbar(page).getByRole('button', { name: 'Write a note' }).click();
  await page.getByLabel('Your text').fill('At the foot.');
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(annotation(page, 'At the foot.')).toBeFocused();
  const id = await annotation(page, 'At the foot.').getAttribute('data-note');

  await page.goto('/');
  await page.goto(`/annotations/${id}`);
  await expect(page).toHaveURL(/\/editions\/gheorghiu-2009\/article\?/);
  await expect(page.locator(`[data-note="${id}"]`)).toBeFocused();
});

test('the words of a note are glossed where its number shows them', async ({ context }) => {
  const page = await openAs(context, 'student1');
  await readSection(page, 'article', `?group=${seminar}`);
  await page.locator('a.noteref').nth(4).click();
  const popover = page.locator('[popover]:popover-open');
  await expect(popover).toContainText('See Document I');
  const box = await popover.locator('[data-start]').boundingBox();
  await page.mouse.move(box!.x + 1, box!.y + 8);
  await page.mouse.down();
  await page.mouse.move(box!.x + box!.width - 1, box!.y + box!.height - 4, { steps: 8 });
  await page.mouse.up();
  await toolbar(page).getByRole('button', { name: 'Ask a question' }).click();
  await page.getByLabel('Your text').fill('From the popover?');
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(annotation(page, 'From the popover?')).toBeFocused();
  const id = await annotation(page, 'From the popover?').getAttribute('data-note');
  const saved = await (await page.request.get(`${API}/annotations/${id}`)).json();
  expect([saved.section, saved.start, saved.exact]).toEqual(['article.n5', 0, 'See Document I.']);
});

test('a passage reaches over paragraphs, and a reload opens its thread again', async ({ context }) => {
  const page = await openAs(context, 'student2');
  await readSection(page, 'doc2', `?group=${seminar}`);
  const [from] = await endsOf(page, 'doc2', 'созыве совещания');
  const paragraph = page
    .locator('[data-section="doc2"] [data-start]')
    .filter({ hasText: 'созыве совещания' })
    .first();
  const next = await paragraph.locator('xpath=following-sibling::*[1]').boundingBox();
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(next!.x + next!.width / 2, next!.y + 12, { steps: 8 });
  await page.mouse.up();
  await toolbar(page).getByRole('button', { name: 'Write a note' }).click();
  await page.getByLabel('Your text').fill('Over paragraphs.');
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(annotation(page, 'Over paragraphs.')).toBeFocused();
  const id = await annotation(page, 'Over paragraphs.').getAttribute('data-note');
  const { exact } = await (await page.request.get(`${API}/annotations/${id}`)).json();
  expect(exact).toContain('\n');

  await expect(page).toHaveURL(new RegExp(`annotation=${id}`));
  await page.reload();
  await expect(annotation(page, 'Over paragraphs.')).toBeVisible();
  await page.getByRole('button', { name: 'Close the thread' }).click();
  await expect(page).not.toHaveURL(/annotation=/);
});

test('the strip beside the scrollbar leads to where glosses are', async ({ context }) => {
  const page = await openAs(context, 'student1');
  await postGloss(page.request, seminar, { section: 'doc1', exact: 'нездоровой шумихи' }, 'For the strip.');
  await postGloss(
    page.request,
    seminar,
    { section: 'doc1', exact: 'советско-румынских' },
    'At its other end.',
  );
  await readSection(page, 'doc1', `?group=${seminar}`);
  const bars = page.locator('svg[aria-hidden="true"] > path[d^="M10 "]');
  await expect(bars).toHaveCount(1);
  const tops = [...((await bars.getAttribute('d')) ?? '').matchAll(/M10 (\d+)h/g)].map((match) => +match[1]!);
  expect(tops.length).toBeGreaterThan(1);
  const { width } = page.viewportSize()!;
  await page.mouse.click(width - 3, tops.at(-1)! + 1);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(200);
  await page.mouse.click(width - 3, tops[0]! + 1);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeLessThan(1200);
});

test('a gloss whose words have changed shows what it was written on, and its author confirms the place', async ({
  context,
}) => {
  const page = await openAs(context, 'student3');
  const id = await postGloss(
    page.request,
    seminar,
    { section: 'doc2', exact: 'двусторонней встрече' },
    'On words that changed.',
  );
  await orphan(id, 'fuzzy', 'двусторонней тайной встрече');
  await readSection(page, 'doc2', `?group=${seminar}&annotation=${id}`);
  const thread = page.locator(`section[data-thread="${id}"]`);
  await expect(thread.getByRole('heading', { name: 'What the note was written on' })).toBeVisible();
  await expect(thread.locator('del')).toHaveText(/тайной/);
  await thread.getByRole('button', { name: 'Confirm the place' }).click();
  await expect(page.getByText('The place is confirmed.')).toBeVisible();
  await expect(thread.getByRole('button', { name: 'Confirm the place' })).toHaveCount(0);

  // The toast of a decision has a button to undo it.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('The place is as it was before.')).toBeVisible();
  await expect(thread.getByRole('button', { name: 'Confirm the place' })).toBeVisible();
});

test('a gloss without a place is read by all, and its author finds it a new one by keyboard', async ({
  browser,
}) => {
  const [first, second] = await Promise.all([browser.newContext(), browser.newContext()]);
  const page = await openAs(first, 'student3');
  const id = await postGloss(
    page.request,
    seminar,
    { section: 'doc2', exact: 'двусторонней встрече' },
    'On words that went away.',
  );
  await orphan(id, 'orphaned', 'слова, которых больше нет');

  const other = await openAs(second, 'reader');
  await readSection(other, 'doc2', `?group=${seminar}`);
  await other.getByText(/^Words not found/).click();
  await expect(other.getByText('слова, которых больше нет')).toBeVisible();
  await other.getByRole('button', { name: /On words that went away/ }).click();
  await expect(annotation(other, 'On words that went away.')).toBeVisible();
  await expect(other.getByRole('button', { name: 'Choose a place anew' })).toHaveCount(0);

  await readSection(page, 'doc2', `?group=${seminar}&annotation=${id}`);
  const choose = page.getByRole('button', { name: 'Choose a place anew' });
  await choose.focus();
  // Escape works before the content of the move bar is loaded.
  const scripts = await delayRequests(page, SCRIPTS);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Choose a place anew' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(annotation(page, 'On words that went away.')).toBeFocused();
  await scripts.letGo();

  await choose.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Choose a place anew' })).toBeFocused();
  await page.keyboard.press('Alt+k');
  await expect(page.getByRole('application')).toBeFocused();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The note is here now.')).toBeVisible();
  await expect(annotation(page, 'On words that went away.')).toBeFocused();
  const moved = await (await page.request.get(`${API}/annotations/${id}`)).json();
  expect(moved.start).not.toBeNull();
  expect(moved.exact).not.toBe('слова, которых больше нет');

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('The place is as it was before.')).toBeVisible();
  const back = await (await page.request.get(`${API}/annotations/${id}`)).json();
  expect([back.start, back.exact]).toEqual([null, 'слова, которых больше нет']);
});

for (const [width, height] of [
  [390, 844],
  [1440, 900],
] as const) {
  test(`a lost place stands in nobody's way at ${width} pixels, in each look`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await openAs(context, 'student2');
    const id = await postGloss(
      page.request,
      seminar,
      { section: 'doc2', exact: 'двусторонней встрече' },
      'To be looked at.',
    );
    await orphan(id, 'fuzzy', 'двусторонней тайной встрече');
    await readSection(page, 'doc2', `?group=${seminar}&annotation=${id}`);
    await expect(page.getByRole('heading', { name: 'What the note was written on' })).toBeVisible();
    expect(await accessibilityFaults(page, 'lost')).toEqual([]);
    await page.getByRole('button', { name: 'Choose a place anew' }).click();
    await page.keyboard.press('Alt+k');
    await expect(page.getByRole('application')).toBeFocused();
    expect(await accessibilityFaults(page, 'choosing')).toEqual([]);
    await context.close();
  });
}

test('on paper, open and pinned threads stand whole after the text', async ({ context }) => {
  const page = await openAs(context, 'instructor');
  const id = await postGloss(
    page.request,
    seminar,
    { section: 'doc2', exact: 'созыве совещания' },
    'For the paper.',
  );
  const data = { action: 'pin', reason: '', version: 1 };
  const pinned = await page.request.post(`${API}/annotations/${id}/moderation`, {
    data,
    headers: OUR_ORIGIN,
  });
  expect(pinned.status()).toBe(200);
  await readSection(page, 'doc2', `?group=${seminar}`);
  await expect(page.getByRole('button', { name: /For the paper/ })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(annotation(page, 'For the paper.')).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(annotation(page, 'For the paper.')).toHaveCount(0);
});

test('what waits for a place is listed for its author and counted in the menu', async ({ context }) => {
  const page = await openAs(context, 'student1');
  const id = await postGloss(
    page.request,
    seminar,
    { section: 'doc2', exact: 'созыве совещания' },
    'Waiting in the list.',
  );
  await orphan(id, 'orphaned', 'слова, что пропали из письма');
  await page.goto(`/groups/${seminar}`);
  await page.getByRole('link', { name: /^Lost places/ }).click();
  const item = page.getByRole('article').filter({ hasText: 'Waiting in the list.' });
  await expect(item).toContainText('слова, что пропали из письма');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await item.getByRole('link', { name: 'Say where it belongs' }).click();
  await expect(page.getByRole('button', { name: 'Choose a place anew' })).toBeVisible();
});
