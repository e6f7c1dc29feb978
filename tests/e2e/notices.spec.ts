import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { OUR_ORIGIN, ownSeminar, postGloss } from '../support/own-seminar';
import { signIn } from '../support/sign-in';

/** What one is told: a mention is completed in the editor, and its notice leads from the bell to the note. */

let seminar = '';

test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'notices');
});

async function openAs(browser: Browser, account: string, width = 1440): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  await signIn(context, account);
  return context.newPage();
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
}

test('a mention is completed by keyboard, told by the bell, and leads to the note', async ({ browser }) => {
  const writer = await openAs(browser, 'student2');
  const place = { section: 'doc1', exact: 'нездоровой шумихи' };
  const gloss = await postGloss(writer.request, seminar, place, 'Whose noise is it?');
  await writer.goto(`/annotations/${gloss}`);
  const thread = writer.locator(`section[data-thread="${gloss}"]`);
  await thread.getByRole('button', { name: 'Reply', exact: true }).click();
  const field = writer.getByLabel('Your text');
  await field.pressSequentially('Ask @Sar');
  const names = writer.getByRole('listbox', { name: 'People to mention' });
  await expect(names.getByRole('option')).toHaveText(['Sarah Smith']);
  await expectAccessible(writer);
  await field.press('Enter');
  await expect(field).toHaveValue(/^Ask @\[Sarah Smith\]\([0-9a-f-]{36}\) $/);
  await field.pressSequentially('about it.');
  await writer.getByRole('button', { name: 'Save reply' }).click();
  await expect(thread.locator('.mention')).toHaveText('@Sarah Smith');

  const told = await openAs(browser, 'student3', 390);
  await told.goto('/groups');
  await told.getByRole('link', { name: /^Notices, \d+ unread$/ }).click();
  const notice = told.getByRole('listitem').filter({ hasText: 'Ask @Sarah Smith about it.' }).last();
  await expect(notice).toContainText('mentioned you');
  await expectAccessible(told);
  await notice.getByRole('link').click();
  await expect(told.getByText('Ask @Sarah Smith about it.')).toBeVisible();
  await told.goto('/notices?unread=1');
  await expect(told.getByText('Ask @Sarah Smith about it.')).toBeHidden();
  await told.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(told.getByText('You have read everything')).toBeVisible();
  await expect(told.getByRole('link', { name: 'Notices', exact: true })).toBeVisible();
});

test('a thread is watched from its menu, and nothing is offered for a private note', async ({ browser }) => {
  const page = await openAs(browser, 'student1');
  const author = await openAs(browser, 'student2');
  const place = { section: 'doc1', exact: 'нездоровой шумихи' };
  const gloss = await postGloss(author.request, seminar, place, 'A thread to watch.');
  await page.goto(`/annotations/${gloss}`);
  const thread = page.locator(`section[data-thread="${gloss}"]`);
  await thread.getByTitle('More').first().click();
  const watch = thread.getByRole('button', { name: 'Watch this thread' });
  await expect(watch).toHaveAttribute('aria-pressed', 'false');
  await watch.click();
  await expect(page.getByText('You will be told of new replies')).toBeVisible();
  await expect(watch).toHaveAttribute('aria-pressed', 'true');
  const reply = { data: { body: 'Something new.' }, headers: OUR_ORIGIN };
  expect((await author.request.post(`/api/v1/annotations/${gloss}/replies`, reply)).status()).toBe(201);
  await page.goto('/notices');
  await expect(page.getByRole('listitem').filter({ hasText: 'Something new.' }).last()).toContainText(
    'wrote something new',
  );
});

test('mail and a feed are chosen in the account, and mail ends with one click', async ({ browser }) => {
  const page = await openAs(browser, 'reader');
  await page.goto('/account#mail');
  await page.getByLabel('Mail me what is new').selectOption({ label: 'Once a week, on Monday morning' });
  await page
    .locator('form')
    .filter({ hasText: 'Mail me what is new' })
    .getByRole('button', { name: 'Save' })
    .click();
  await expect(page.getByText('Saved')).toBeVisible();
  await page.getByRole('button', { name: 'Make a feed' }).click();
  const address = await page.locator('code').filter({ hasText: '/feeds/' }).textContent();
  const feed = await page.request.get(new URL(address ?? '').pathname);
  expect(feed.headers()['content-type']).toContain('application/atom+xml');
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByLabel('Mail me what is new')).toHaveValue('weekly');
  await page.getByRole('button', { name: 'Remove the feed' }).click();
  await expect(page.getByRole('button', { name: 'Make a feed' })).toBeVisible();

  await page.goto('/unsubscribe/nobody/nothing');
  await page.getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'nothing' })).toBeVisible();
  await expectAccessible(page);
});
