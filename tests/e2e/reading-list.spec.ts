import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { ownEdition } from '../support/own-edition';
import { OUR_ORIGIN, ownSeminar } from '../support/own-seminar';
import { signIn } from '../support/sign-in';

let seminar: string;
let closed: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'reading-list');
  closed = await ownEdition(browser, 'closed-text');
  const context = await browser.newContext();
  await signIn(context, 'admin');
  const data = { title: 'A closed text', access: 'groups', groups: [seminar] };
  const changed = await context.request.patch(`/api/v1/editions/${closed}`, { data, headers: OUR_ORIGIN });
  expect(changed.status()).toBe(200);
  await context.close();
});

test('what a group reads is put in order by keyboard, on a phone, and read by its members alone', async ({
  browser,
}) => {
  const [leading, reading, outside] = await Promise.all([
    browser.newContext(),
    browser.newContext(),
    browser.newContext(),
  ]);
  await Promise.all([
    signIn(leading, 'instructor'),
    signIn(reading, 'student1'),
    signIn(outside, 'outsider'),
  ]);
  const page = await leading.newPage();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/groups/${seminar}/settings`);
  const up = page.getByRole('button', { name: 'Move “A closed text” up' });
  await up.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('“A closed text” is number 1 now.');
  await expect(up).toBeFocused();
  await page.getByText('The whole text; mark sections').first().click();
  await page.getByRole('checkbox', { name: /^Document I:/ }).check();
  await expect(page.getByText('1 section is marked out')).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Save the reading list' }).click();
  await expect(page.getByRole('status')).toContainText('Saved.');

  const student = await reading.newPage();
  await student.goto(`/groups/${seminar}`);
  const first = student.getByRole('listitem').filter({ hasText: 'A closed text' }).first();
  await expect(first).toContainText('for the seminars that read it');
  await expect(first.getByRole('link')).toHaveCount(2);
  expect((await new AxeBuilder({ page: student }).analyze()).violations).toEqual([]);
  await first.getByRole('link').first().click();
  await expect(student.getByText('marked out by the group')).toHaveCount(1);
  await student.goBack();
  await first.getByRole('link').nth(1).click();
  await expect(student).toHaveURL(new RegExp(`/editions/${closed}/doc1`));
  await expect(student.locator('article')).toContainText('нездоровой');

  const stranger = await outside.newPage();
  expect((await stranger.goto(`/editions/${closed}/doc1`))?.status()).toBe(404);
  await stranger.goto('/');
  await expect(stranger.getByText('A closed text')).toHaveCount(0);
  await Promise.all([leading.close(), reading.close(), outside.close()]);
});

test('an address is invited, waits, and its person is a member when they come', async ({ browser }) => {
  const [leading, coming] = await Promise.all([browser.newContext(), browser.newContext()]);
  await Promise.all([signIn(leading, 'instructor'), signIn(coming, 'instructor2')]);
  const page = await leading.newPage();
  await page.goto(`/groups/${seminar}/members`);
  for (const email of ['instructor2@demo.example', 'has-no-account@demo.example']) {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: `${email} is invited` })).toBeVisible();
    await expect(page.getByRole('rowheader', { name: email })).toBeVisible();
  }
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Withdraw the invitation of has-no-account@demo.example' }).click();
  await expect(page.getByText('has-no-account@demo.example')).toHaveCount(0);
  const student = await coming.newPage();
  await student.goto(`/groups/${seminar}`);
  await expect(student.getByRole('heading', { level: 1 })).toContainText('Seminar of reading-list');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Invited' })).toHaveCount(0);
  await expect(page.getByText('instructor2@demo.example')).toBeVisible();
  await Promise.all([leading.close(), coming.close()]);
});
