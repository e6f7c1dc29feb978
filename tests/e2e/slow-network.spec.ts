import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { delayRequests, SCRIPTS } from '../support/delay-requests';
import { ownSeminar, postGloss } from '../support/own-seminar';
import { loadPosition, readSection, selectByMouse } from '../support/reading-page';
import { signIn } from '../support/sign-in';
import { waitForHydration } from '../support/wait-for-hydration';

// Lazy parts and answers that come late or never: what the reader does meanwhile is neither lost nor interrupted.

const WORDS = 'нездоровой шумихи';
const OTHERS = 'Уважаемые товарищи';
const DOC1 = '/editions/gheorghiu-2009/doc1';
const annotation = (page: Page, body: string) => page.locator('[data-note]').filter({ hasText: body });
const startGloss = (page: Page) =>
  page.getByRole('toolbar', { name: 'Selected words' }).getByRole('button', { name: 'Write a note' }).click();

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'slow-line');
});

async function openAs(context: BrowserContext, account: string): Promise<Page> {
  await signIn(context, account);
  const page = await context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  return page;
}

test('a part that does not come leaves the text alone, and is tried again', async ({ context }) => {
  const page = await openAs(context, 'student2');
  await postGloss(page.request, seminar, { section: 'doc1', exact: WORDS }, 'To be reported.');
  await signIn(context, 'student1');
  await readSection(page, 'doc1', `?group=${seminar}`);
  await page.getByRole('button', { name: /To be reported/ }).click();
  await annotation(page, 'To be reported.').getByTitle('More').click();
  // What else is in the menu has come.
  await expect(
    annotation(page, 'To be reported.').getByRole('button', { name: 'Watch this thread' }),
  ).toBeVisible();
  const scripts = await delayRequests(page, SCRIPTS);
  await annotation(page, 'To be reported.').getByRole('button', { name: 'Report' }).click();
  await scripts.asked();
  await scripts.cutOff();
  await expect(page.getByText('This part could not be loaded.')).toBeVisible();
  await expect(page.locator('[data-section="doc1"]')).toBeVisible();
  await scripts.letGo();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('dialog', { name: 'Report this note' })).toBeVisible();
});

test('what draws on the image and does not come is told, and tried again', async ({ context }) => {
  const page = await openAs(context, 'student1');
  let isCut = true;
  await page.route(SCRIPTS, async (route) => {
    const answer = await route.fetch();
    if (isCut && (await answer.text()).includes('a9s-annotationlayer')) await route.abort();
    else await route.fulfill({ response: answer });
  });
  await page.goto(`${DOC1}?group=${seminar}&canvas=p125`);
  await expect(page.getByText('This image could not be loaded.')).toBeVisible();
  isCut = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.a9s-annotationlayer')).toBeVisible();
  await expect(page.getByText('This image could not be loaded.')).toBeHidden();
});

test('a note that comes late does not take the keys from whoever writes elsewhere by then', async ({
  context,
}) => {
  const page = await openAs(context, 'student1');
  const id = await postGloss(page.request, seminar, { section: 'doc1', exact: OTHERS }, 'To be read later.');
  const notes = await delayRequests(page, '**/outline?**');
  await page.goto(`${DOC1}?group=${seminar}&annotation=${id}`);
  await notes.asked();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const search = page.getByRole('searchbox', { name: 'Find in the notes' });
  await search.click();
  await notes.letGo();
  await expect(annotation(page, 'To be read later.')).toBeVisible();
  await page.keyboard.type('later');
  await expect(search).toHaveValue('later');
});

test('notes that come late do not close what was begun meanwhile', async ({ context }) => {
  const page = await openAs(context, 'student3');
  const body = 'Asked for by its address.';
  const id = await postGloss(page.request, seminar, { section: 'doc1', exact: OTHERS }, body);
  const notes = await delayRequests(page, '**/outline?**');
  await page.goto(`${DOC1}?group=${seminar}&annotation=${id}`);
  await notes.asked();
  await loadPosition(page);
  await selectByMouse(page, 'doc1', WORDS);
  await startGloss(page);
  await expect(page.getByLabel('Your text')).toBeFocused();
  await notes.letGo();
  await expect(page.getByRole('button', { name: body })).toBeVisible();
  await expect(page.getByLabel('Your text')).toBeFocused();
});

test('an answer that comes late does not close what is written by then', async ({ context }) => {
  const page = await openAs(context, 'student3');
  await readSection(page, 'doc1', `?group=${seminar}`);
  await selectByMouse(page, 'doc1', WORDS);
  await startGloss(page);
  const text = page.getByLabel('Your text');
  await text.fill('Sent by a slow line.');
  const answers = await delayRequests(page, '**/annotations', 'POST');
  await text.press('Control+Enter');
  await answers.asked();
  // Text typed now would not be sent with the rest.
  await page.keyboard.type(' Lost?');
  await expect(text).toHaveValue('Sent by a slow line.');
  await page.keyboard.press('Escape');
  await expect(text).toBeHidden();
  await expect(page.locator('main')).toBeFocused();

  await selectByMouse(page, 'doc1', OTHERS);
  await startGloss(page);
  await text.fill('Begun meanwhile.');
  await answers.letGo();
  await expect(page.getByText('The note is saved.')).toBeVisible();
  await expect(page.getByRole('button', { name: /Sent by a slow line/ })).toBeVisible();
  await expect(text).toBeFocused();
  await expect(text).toHaveValue('Begun meanwhile.');
});

test('what is pressed twice on a slow line is done once', async ({ context }) => {
  const page = await openAs(context, 'student2');
  const id = await postGloss(
    page.request,
    seminar,
    { section: 'doc2', exact: 'двусторонней встрече' },
    'Twice.',
  );
  await readSection(page, 'doc2', `?group=${seminar}&annotation=${id}`);
  const answers = await delayRequests(page, `**/annotations/${id}`, 'DELETE');
  await annotation(page, 'Twice.').getByRole('button', { name: 'Delete' }).dblclick();
  await answers.asked();
  expect(answers.count()).toBe(1);
  await answers.letGo();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(annotation(page, 'Twice.')).toBeFocused();

  await signIn(context, 'instructor');
  await page.reload();
  await annotation(page, 'Twice.').getByTitle('More').click();
  await annotation(page, 'Twice.').getByRole('button', { name: 'Hide', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('To be seen by none.');
  const decisions = await delayRequests(page, '**/moderation', 'POST');
  await dialog.getByRole('button', { name: 'Hide', exact: true }).dblclick();
  await decisions.asked();
  expect(decisions.count()).toBe(1);
  await decisions.letGo();
  await expect(dialog).toBeHidden();
  await expect(page.locator(`[data-note="${id}"]`)).toContainText('Hidden by a moderator');
});

test('how the text looks and what stands beside it are chosen before the scripts are there', async ({
  page,
}) => {
  const scripts = await delayRequests(page, SCRIPTS);
  await page.goto(DOC1, { waitUntil: 'commit' });
  const display = page.getByRole('button', { name: 'Display', exact: true });
  await display.click();
  await page.getByRole('radio', { name: 'corrected' }).check();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Text and image' }).click();
  await expect(page.getByText('существовала', { exact: true }).first()).toBeVisible();
  await scripts.letGo();
  await expect(page.locator('.openseadragon-canvas')).toBeVisible();
  await display.click();
  await expect(page.getByRole('radio', { name: 'corrected' })).toBeChecked();
  await expect(page.getByText('существовала', { exact: true }).first()).toBeVisible();
  await page.reload();
  await expect(page.locator('.openseadragon-canvas')).toBeVisible();
  await display.click();
  await expect(page.getByRole('radio', { name: 'corrected' })).toBeChecked();
});

test('what was filled in before the scripts were there is what is signed in with', async ({ page }) => {
  const scripts = await delayRequests(page, SCRIPTS);
  await page.goto('/signin', { waitUntil: 'commit' });
  await page.getByLabel('E-mail address').fill('student2@demo.example');
  await page.getByLabel('Password').fill(process.env.DEMO_PASSWORD ?? '');
  await scripts.letGo();
  await waitForHydration(page);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/');
});
