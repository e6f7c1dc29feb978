import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { ownSeminar, postGloss } from '../support/own-seminar';
import { signIn } from '../support/sign-in';

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'export');
});

test('what goes into the file is chosen, counted, shown and downloaded, by keyboard and on a phone too', async ({
  context,
}) => {
  await signIn(context, 'student1');
  for (const body of ['To be taken home.', 'And this.']) {
    await postGloss(context.request, seminar, { section: 'doc1', exact: 'нездоровой шумихи' }, body);
  }
  const page = await context.newPage();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/groups/${seminar}/export`);
  await expect(page.getByRole('main').getByRole('status')).toContainText(/notes? will be in the file/);
  await expect(page.getByRole('main').getByRole('status').getByRole('listitem')).toHaveCount(3);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByLabel('Words in it').fill('there is no such word');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('status')).toContainText('Nothing matches these filters.');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('link', { name: 'All notes of the seminar' }).click();

  await page.getByLabel('Kind').selectOption('question');
  await page.getByLabel('With the whole thread').check();
  await page.getByRole('button', { name: 'Apply filters' }).click();
  await expect(page).toHaveURL(/kind=question.*threads=1/);
  await expect(page.getByLabel('With the whole thread')).toBeChecked();
  await page.goto(`/groups/${seminar}/export`);
  await expect(page.getByRole('heading', { name: 'Preview' })).toBeVisible();

  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download JSON-LD' }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe(`${seminar}.jsonld`);
  const { total, first } = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(total).toBe(2);
  expect(first.items).toHaveLength(total);
});
