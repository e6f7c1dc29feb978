import { expect, type Page, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility-faults';
import { OUR_ORIGIN, ownSeminar } from '../support/own-seminar';
import { signIn } from '../support/sign-in';
import { waitForHydration } from '../support/wait-for-hydration';

/** A name as long as people have it, in three scripts. */
const LONG =
  'Семинар по истории внешней политики: Bucharest, Москва und Prag im Sommer neunzehnhundertachtundsechzig';

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'pages');
  const context = await browser.newContext();
  await signIn(context, 'instructor');
  const { request } = context;
  await request.patch(`/api/v1/groups/${seminar}`, {
    data: { name: LONG, description: `${LONG}. ${LONG}` },
    headers: OUR_ORIGIN,
  });
  for (const role of ['student', 'assistant', 'reader'])
    await request.post(`/api/v1/groups/${seminar}/invitations`, { data: { role }, headers: OUR_ORIGIN });
  await request.post(`/api/v1/groups/${seminar}/members`, {
    data: { email: `${'a-very-long-name-of-somebody'.repeat(2)}@department.university.example` },
    headers: OUR_ORIGIN,
  });
  for (let i = 0; i < 4; i++)
    await request.post('/api/v1/tokens', {
      data: { name: `${LONG.slice(0, 60)} ${i}`, scope: 'read' },
      headers: OUR_ORIGIN,
    });
  const passage = { edition: 'gheorghiu-2009', section: 'doc1', start: 948, end: 965 };
  const question = {
    ...passage,
    kind: 'question',
    body: `${LONG}? https://example.org/${'long'.repeat(40)}`,
  };
  const made = await request.post(`/api/v1/groups/${seminar}/annotations`, {
    data: question,
    headers: OUR_ORIGIN,
  });
  expect(made.status()).toBe(201);
  await context.close();
});

const PAGES = [
  { name: 'the home page', path: () => '/' },
  { name: 'the library', path: () => '/editions' },
  { name: 'the seminars', path: () => '/groups' },
  { name: 'a new seminar', path: () => '/groups/new' },
  { name: 'a seminar', path: () => `/groups/${seminar}` },
  { name: 'its people', path: () => `/groups/${seminar}/members` },
  { name: 'its moderation', path: () => `/groups/${seminar}/moderation` },
  { name: 'its export', path: () => `/groups/${seminar}/export` },
  { name: 'its import', path: () => `/groups/${seminar}/import` },
  { name: 'its tags', path: () => `/groups/${seminar}/tags` },
  { name: 'where people wrote in it', path: () => `/groups/${seminar}/heat?in=gheorghiu-2009/doc1` },
  { name: 'its settings', path: () => `/groups/${seminar}/settings` },
  { name: 'an edition', path: () => '/editions/gheorghiu-2009' },
  { name: 'a new text', path: () => '/texts/new' },
  { name: 'the account', path: () => '/account' },
  { name: 'the statement on privacy', path: () => '/about/privacy' },
  { name: 'the form for notices of content', path: () => '/notice-of-content' },
  { name: 'a page that is not there', path: () => '/nowhere' },
];

/** The addresses of other servers that a page asks for from now on, as what is not done here says of every page. */
function requestsElsewhere(page: Page): string[] {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^https?:$/.test(protocol) && origin !== OUR_ORIGIN.origin) elsewhere.push(request.url());
  });
  return elsewhere;
}

/** The faults of a page at three widths. */
async function faultsAtWidths(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const width of [390, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    faults.push(...(await accessibilityFaults(page, `${width}`)));
  }
  return faults;
}

for (const { name, path } of PAGES) {
  test(`${name} can be used by everybody, in each look and at each width`, async ({ context }) => {
    await signIn(context, 'instructor');
    const page = await context.newPage();
    const elsewhere = requestsElsewhere(page);
    await page.goto(path());
    expect(await faultsAtWidths(page)).toEqual([]);
    expect(elsewhere).toEqual([]);
  });
}

test('a member finds words in texts, and in the notes of all seminars', async ({ context }) => {
  await signIn(context, 'student1');
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('link', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL(/\/search/);
  await page.getByRole('searchbox', { name: 'Words to look for' }).fill('Чехословакии');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/q=/);
  await expect(page.getByRole('main').getByRole('status')).toContainText('place');
  expect(await faultsAtWidths(page)).toEqual([]);
  await page.getByRole('link', { name: 'Notes', exact: true }).click();
  await expect(page).toHaveURL(/in=notes/);
  await page.getByLabel('In', { exact: true }).selectOption(seminar);
  await page.getByRole('searchbox', { name: 'Words to look for' }).fill('нездоровой шумихи');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/group=pages/);
  const found = page.getByRole('listitem').filter({ hasText: LONG });
  await expect(found).toHaveCount(1);
  expect(await faultsAtWidths(page)).toEqual([]);
  await found.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/editions\/gheorghiu-2009\/doc1/);
});

test('a guest sees what this is, opens the library, and finds a text by its author', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Read a text closely, together.');
  await expect(page.getByRole('figure', { name: 'An example of a discussion' })).toContainText(
    'нездоровой шумихи',
  );
  expect(await faultsAtWidths(page)).toEqual([]);
  await page.getByRole('link', { name: 'Browse the library' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Library');
  await page.getByRole('searchbox', { name: 'Title, author or year' }).fill('GHEORGHIU');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/q=GHEORGHIU/);
  await expect(page.getByRole('searchbox', { name: 'Title, author or year' })).toHaveValue('GHEORGHIU');
  // Other tests bring in copies of the first edition.
  await page.locator('article a[href="/editions/gheorghiu-2009"]').click();
  await expect(page).toHaveURL(/\/editions\/gheorghiu-2009$/);
  await page.goto('/editions?q=there+is+no+such+text');
  await expect(page.getByText('No text matches')).toBeVisible();
  await page.getByRole('link', { name: 'Show all texts' }).click();
  await expect(page.getByRole('article').first()).toBeVisible();
});

test('a member sees their seminar with what is new, and the question that nobody answered', async ({
  browser,
}) => {
  const context = await browser.newContext();
  await signIn(context, 'instructor');
  const page = await context.newPage();
  await page.goto('/');
  const mine = page.locator(`a[href="/groups/${seminar}"]`);
  await expect(mine).toHaveText(LONG);
  await expect(page.getByRole('complementary', { name: 'For you' })).toContainText(
    'Your question, unanswered',
  );
  await mine.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(LONG);
  await expect(page.getByRole('region', { name: /Open questions/ })).toContainText('Семинар по истории');
  await context.close();
});

test('every part is shown, and works by keys, on the page of parts', async ({ page }) => {
  await page.goto('/design');
  await waitForHydration(page);
  expect(await faultsAtWidths(page)).toEqual([]);
  const button = page.getByRole('button', { name: 'Menu' });
  await button.click();
  await page.keyboard.press('e');
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(button).toBeFocused();
  await page.getByRole('button', { name: 'Dialog' }).click();
  await expect(page.getByRole('dialog', { name: 'Hide this note?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Toast' }).click();
  await expect(page.getByRole('status')).toContainText('Note deleted');
});
