import AxeBuilder from '@axe-core/playwright';
import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  expect,
  type Page,
  test,
} from '@playwright/test';
import { OUR_ORIGIN, ownSeminar, postGloss } from '../support/own-seminar';
import { signIn } from '../support/sign-in';
import { waitForHydration } from '../support/wait-for-hydration';

const PLACE = { section: 'doc1', exact: 'нездоровой шумихи' };

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'live');
});

/** Opens Document I as somebody, and waits until the page follows the group. */
async function readAs(browser: Browser, account: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await signIn(context, account);
  const page = await context.newPage();
  const followed = page.waitForResponse((response) => response.url().includes('/events?'));
  await page.goto(`/editions/gheorghiu-2009/doc1?group=${seminar}`);
  await followed;
  return { context, page };
}

const pill = (page: Page) => page.getByRole('button', { name: /^\d+ new$/ });
/** The words of the text that are marked as new. */
const markedAsNew = (page: Page) =>
  page.evaluate(() =>
    [...(CSS.highlights.get('gloss-new') ?? [])].map((range) => {
      const whole = new Range();
      whole.setStart(range.startContainer, range.startOffset);
      whole.setEnd(range.endContainer, range.endOffset);
      return whole.toString();
    }),
  );
const note = (page: Page, body: string) => page.locator('[data-note]').filter({ hasText: body }).last();

async function reply(request: APIRequestContext, id: string, body: string): Promise<void> {
  const made = await request.post(`/api/v1/annotations/${id}/replies`, {
    data: { body },
    headers: OUR_ORIGIN,
  });
  expect(made.status()).toBe(201);
}

test('what others write comes, waits to be taken in, and moves nothing before', async ({ browser }) => {
  const reader = await readAs(browser, 'student2');
  const writer = await browser.newContext();
  await signIn(writer, 'student1');
  const staff = await browser.newContext();
  await signIn(staff, 'instructor');
  const { page } = reader;

  // Nothing moves until it is taken in.
  const scroll = await page.evaluate(() => window.scrollY);
  const id = await postGloss(writer.request, seminar, PLACE, 'Hullabaloo, rather.');
  await expect(pill(page)).toHaveText('1 new');
  await expect(page.getByText('Hullabaloo, rather.')).toHaveCount(0);
  // Its words are marked in the text meanwhile.
  await expect.poll(() => markedAsNew(page)).toContain('нездоровой шумихи');
  expect(await page.evaluate(() => window.scrollY)).toBe(scroll);
  const { violations } = await new AxeBuilder({ page }).include('aside').analyze();
  expect(violations).toEqual([]);
  await pill(page).click();
  await expect(note(page, 'Hullabaloo, rather.')).toBeVisible();
  await expect(pill(page)).toHaveCount(0);

  // A reply to the open thread comes at its end; what is being typed stays.
  await page.getByRole('button', { name: 'Reply', exact: true }).first().click();
  const words = page.getByRole('textbox').first();
  await words.fill('I am still thinking');
  await reply(writer.request, id, 'Or a racket.');
  await expect(note(page, 'Or a racket.')).toBeVisible();
  await expect(words).toHaveValue('I am still thinking');
  await expect(words).toBeFocused();

  // An edited note changes in place.
  const headers = { ...OUR_ORIGIN, 'if-match': '*' };
  const edited = await writer.request.patch(`/api/v1/annotations/${id}`, {
    data: { body: 'An uproar.' },
    headers,
  });
  expect(edited.status()).toBe(200);
  await expect(note(page, 'An uproar.')).toBeVisible();
  await expect(words).toHaveValue('I am still thinking');

  // What was read is not unread.
  await expect
    .poll(async () => (await (await reader.context.request.get(`/api/v1/groups/${seminar}`)).json()).unread)
    .toBe(0);

  // A hidden one goes at once.
  const { version } = await edited.json();
  const hidden = await staff.request.post(`/api/v1/annotations/${id}/moderation`, {
    data: { action: 'hide', reason: 'off topic', version },
    headers: OUR_ORIGIN,
  });
  expect(hidden.status()).toBe(200);
  await expect(page.getByText('An uproar.')).toHaveCount(0);
  await expect(note(page, 'Or a racket.')).toBeVisible();
  await expect(words).toHaveValue('I am still thinking');
  await Promise.all([reader, { context: writer }, { context: staff }].map(({ context }) => context.close()));
});

test('a lost connection is said, and what came meanwhile is caught up, once', async ({ browser }) => {
  const { context, page } = await readAs(browser, 'student3');
  const writer = await browser.newContext();
  await signIn(writer, 'student1');
  await postGloss(writer.request, seminar, PLACE, 'Before.');
  await expect(pill(page)).toHaveText('1 new');
  await context.setOffline(true);
  // What is open stays open while a browser is only told to be offline.
  await page.route('**/events?**', (route) => route.abort());
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await postGloss(writer.request, seminar, PLACE, 'Meanwhile.');
  await context.setOffline(false);
  await page.unroute('**/events?**');
  await expect(pill(page)).toHaveText('2 new', { timeout: 20_000 });
  await pill(page).click();
  await expect(page.getByText('Before.')).not.toHaveCount(0);
  await expect(page.locator('[data-thread]').filter({ hasText: 'Meanwhile.' })).toHaveCount(1);
  await Promise.all([context, writer].map((one) => one.close()));
});

test('what was new before is led to by button and key, is read once it is open, and all of it by one press', async ({
  browser,
}) => {
  const writer = await browser.newContext();
  await signIn(writer, 'student1');
  const places = [
    { section: 'doc2', exact: 'двусторонней встрече' },
    { section: 'doc2', exact: 'подлинный интернационализм' },
    PLACE,
  ];
  for (const [i, place] of places.entries()) await postGloss(writer.request, seminar, place, `New ${i}.`);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await signIn(context, 'assistant');
  const page = await context.newPage();
  const unreadOf = async () => (await (await page.request.get(`/api/v1/groups/${seminar}`)).json()).unread;

  await page.goto(`/groups/${seminar}`);
  const fresh = page.getByRole('region', { name: /^New to you/ });
  await expect(fresh).toContainText('New 2.');
  const before = await unreadOf();

  await page.goto(`/editions/gheorghiu-2009/doc2?group=${seminar}`);
  const button = page.getByRole('button', { name: '2 unread' });
  await button.click();
  await expect(page.locator('section[data-thread] [data-note]')).toHaveCount(1);
  await expect(page.getByRole('button', { name: '1 unread' })).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.getByRole('button', { name: /unread/ })).toHaveCount(0);
  await expect.poll(unreadOf).toBe(before - 2);

  await page.goto(`/groups/${seminar}`);
  await waitForHydration(page);
  await fresh.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(fresh).toHaveCount(0);
  expect(await unreadOf()).toBe(0);
  await Promise.all([context, writer].map((one) => one.close()));
});

test('where something on the way holds streams back, the page asks again and again instead', async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await signIn(context, 'student2');
  const page = await context.newPage();
  // A stream is answered never; what is asked once gets through.
  await page.route(/\/events\?/, (route) => {
    if (route.request().url().includes('once=1')) void route.continue();
  });
  const asked = () =>
    page.waitForResponse((response) => response.url().includes('once=1'), { timeout: 60_000 });
  const first = asked();
  await page.goto(`/editions/gheorghiu-2009/doc1?group=${seminar}`);
  await first;
  const writer = await browser.newContext();
  await signIn(writer, 'student1');
  await postGloss(writer.request, seminar, PLACE, 'Past the proxy.');
  await expect(pill(page)).toHaveText(/new$/, { timeout: 60_000 });
  await Promise.all([context, writer].map((one) => one.close()));
});
