import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { OUR_ORIGIN, ownSeminar, postGloss, uniqueName } from '../support/own-seminar';
import { loadPosition, readSection, selectByMouse } from '../support/reading-page';
import { signIn } from '../support/sign-in';

const WORDS = 'нездоровой шумихи';
const LONG_NAME =
  'Source criticism, winter 2026: Romanian–Soviet relations after the Prague Spring, advanced seminar';

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'composer');
});

async function openAs(context: BrowserContext, account: string): Promise<Page> {
  await signIn(context, account);
  const page = await context.newPage();
  await readSection(page, 'doc1', `?group=${seminar}`);
  return page;
}

async function startNote(page: Page, words = WORDS): Promise<void> {
  await selectByMouse(page, 'doc1', words);
  const toolbar = page.getByRole('toolbar', { name: 'Selected words' });
  await toolbar.getByRole('button', { name: 'Write a note' }).click();
  await expect(text(page)).toBeFocused();
}

const text = (page: Page) => page.getByLabel('Your text');
const isBodyFocused = (page: Page) => page.evaluate(() => document.activeElement === document.body);

// A window of 1440 × 900 pixels at 100, 200 and 400 per cent, and a phone.
for (const [width, height] of [
  [1440, 900],
  [1440, 420],
  [720, 450],
  [360, 225],
  [390, 844],
] as const) {
  test(`the field and Save are in view at ${width} × ${height}`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await openAs(context, 'student1');
    await startNote(page);
    await expect(text(page)).toBeInViewport({ ratio: height < 300 ? 0.5 : 0.9 });
    await expect(page.getByRole('button', { name: 'Save note' })).toBeInViewport({ ratio: 1 });
    await text(page).fill('Line after line.\n'.repeat(40));
    await expect(page.getByRole('button', { name: 'Save note' })).toBeInViewport({ ratio: 1 });
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Save note' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Not saved:' })).toBeInViewport();
    await context.setOffline(false);
    await context.close();
  });
}

test('what could not be saved for want of a line is saved when the line is back, and that is said', async ({
  context,
}) => {
  const page = await openAs(context, 'student1');
  await startNote(page);
  await context.setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  await text(page).fill('Written on a train.');
  await page.keyboard.press('Control+Enter');
  const alert = page.getByRole('alert').filter({ hasText: 'Not saved:' });
  await expect(alert).toContainText('It will be saved once you are online again.');
  await expect(text(page)).toHaveValue('Written on a train.');
  await context.setOffline(false);
  await expect(page.locator('[data-note]').filter({ hasText: 'Written on a train.' })).toBeVisible();
  await expect(page.getByText('You are offline.')).toBeHidden();
});

test('a note that is too long says by how much, above the field, and is not sent', async ({ context }) => {
  const page = await openAs(context, 'student1');
  await startNote(page);
  await text(page).fill('x'.repeat(60_000));
  let isSent = false;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/annotations')) isSent = true;
  });
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Not saved:' })).toContainText(
    'The note is too long (60,000 of 50,000 characters).',
  );
  await expect(text(page)).toBeFocused();
  expect(isSent).toBe(false);
});

test('what is discarded can be taken back, and what is closed is said to be kept', async ({ context }) => {
  const page = await openAs(context, 'student2');
  await startNote(page);
  await text(page).fill('Not to be lost.');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(text(page)).toBeHidden();
  expect(await isBodyFocused(page)).toBe(false);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(text(page)).toHaveValue('Not to be lost.');
  await text(page).press('Escape');
  await expect(page.getByText('The draft is kept.')).toBeVisible();
  expect(await isBodyFocused(page)).toBe(false);
  await page.getByRole('status').getByRole('button', { name: 'Continue' }).click();
  await expect(text(page)).toHaveValue('Not to be lost.');
  await page.getByRole('button', { name: 'Discard' }).click();
});

test('a link to a note opens it though a draft is there', async ({ context }) => {
  const page = await openAs(context, 'student3');
  const id = await postGloss(
    page.request,
    seminar,
    { section: 'doc1', exact: 'Уважаемые товарищи' },
    'Linked.',
  );
  await startNote(page);
  await text(page).fill('A draft.');
  await page.goto(`/annotations/${id}`);
  await expect(page.locator(`[data-note="${id}"]`)).toBeVisible();
  await expect(text(page)).toBeHidden();
  await expect(page.getByText('1 unsent draft')).toBeVisible();
});

test('Escape and Enter leave a word alone that an input method is composing', async ({ context }) => {
  const page = await openAs(context, 'student1');
  await startNote(page);
  const press = (key: string) =>
    text(page).evaluate(
      (field, key) =>
        field.dispatchEvent(
          new KeyboardEvent('keydown', { key, ctrlKey: key === 'Enter', bubbles: true, isComposing: true }),
        ),
      key,
    );
  await text(page).fill('かな');
  await press('Escape');
  await press('Enter');
  await expect(text(page)).toBeFocused();
  await expect(page.getByRole('button', { name: 'Save note' })).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();
});

test('after a deletion the focus is on what is near, and a reply has a field of its own', async ({
  context,
}) => {
  const page = await openAs(context, 'student2');
  const id = await postGloss(page.request, seminar, { section: 'doc1', exact: WORDS }, 'To be answered.');
  await page.goto(`/annotations/${id}`);
  const note = page.locator(`[data-note="${id}"]`);
  await note.getByRole('button', { name: 'Reply' }).click();
  await expect(text(page)).toHaveAttribute('placeholder', /^Your reply to /);
  await text(page).fill('An answer.');
  await text(page).press('Control+Enter');
  const reply = page.locator('[data-note]').filter({ hasText: 'An answer.' }).last();
  await expect(reply).toBeFocused();
  await reply.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('The note is deleted.')).toBeVisible();
  expect(await isBodyFocused(page)).toBe(false);
});

test('a seminar with a long name widens nothing', async ({ browser }) => {
  const context = await browser.newContext();
  await signIn(context, 'instructor');
  const slug = uniqueName('long-name');
  const made = await context.request.post('/api/v1/groups', {
    data: { slug, name: LONG_NAME, edition: 'gheorghiu-2009' },
    headers: OUR_ORIGIN,
  });
  expect(made.status()).toBe(201);
  const page = await context.newPage();
  for (const width of [1280, 1440, 1920, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await readSection(page, 'doc1', `?group=${slug}`);
    await loadPosition(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
  await context.close();
});
