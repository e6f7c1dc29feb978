import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { ownSeminar, uniqueName } from '../support/own-seminar';
import { signIn } from '../support/sign-in';
import { waitForHydration } from '../support/wait-for-hydration';
import { docx, paragraph, run, styled } from '../unit/conversion/docx';

const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'texts');
});

test('an instructor drops a Word file, sees what became of it, and reads it with a class that others cannot see', async ({
  browser,
}) => {
  const slug = uniqueName('handout');
  const body =
    styled('Titlu1', 'Despre râuri') +
    paragraph(
      `${run('Dunărea este ')}${run('lungă', '<w:i/>')}${run('.')}<w:r><w:footnoteReference w:id="1"/></w:r>`,
    );
  const file = await docx(body, { notes: ['O notă.'] });
  const context = await browser.newContext();
  await signIn(context, 'instructor');
  const page = await context.newPage();
  await page.goto(`/groups/${seminar}`);
  await page.getByRole('link', { name: 'Add a text' }).click();
  await waitForHydration(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Choose a file, or paste a text.' })).toBeVisible();
  await page.getByLabel(/Choose a file/).setInputFiles({ name: 'râuri.docx', mimeType: TYPE, buffer: file });
  await page.getByLabel('Web address').fill('Not a Name');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('A name of small letters, digits and hyphens, please.').first()).toBeVisible();
  await expect(page.getByLabel('Web address')).toHaveValue('Not a Name');
  await page.getByLabel('Web address').fill(slug);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(`**/texts/${slug}`);
  await expect(page.getByText('Every word arrived, in the same order')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await page.getByRole('listitem').getByRole('link', { name: 'Despre râuri' }).click();
  await expect(page.getByText('Preview: this is how the page will read')).toBeVisible();
  await expect(page.locator('.text em, .text i, .text .italic').first()).toHaveText('lungă');
  await page.getByRole('link', { name: 'Back to the report' }).click();
  await waitForHydration(page);
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.waitForURL(`**/editions/${slug}`);

  const reading = await browser.newContext();
  await signIn(reading, 'student1');
  const reader = await reading.newPage();
  await reader.goto(`/editions/${slug}`);
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('Despre râuri');
  const outside = await browser.newContext();
  await signIn(outside, 'outsider');
  expect((await outside.request.get(`/editions/${slug}`)).status()).toBe(404);
  expect((await outside.request.get(`/api/v1/editions/${slug}`)).status()).toBe(404);
  await Promise.all([context.close(), reading.close(), outside.close()]);
});

test('a text that was stopped on its way is brought in again at once', async ({ browser }) => {
  const chapter = (n: number) =>
    `<div><head>Chapter ${n}</head>${`<p>${'A sentence that stands here. '.repeat(40)}</p>`.repeat(100)}</div>`;
  const body = Array.from({ length: 60 }, (_, n) => chapter(n + 1)).join('');
  const buffer = Buffer.from(
    `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Long</title></titleStmt></fileDesc></teiHeader><text xml:lang="en"><body>${body}</body></text></TEI>`,
  );
  const context = await browser.newContext();
  await signIn(context, 'instructor');
  const page = await context.newPage();
  await page.goto(`/texts/new?group=${seminar}`);
  await waitForHydration(page);
  await page.getByLabel(/Choose a file/).setInputFiles({ name: 'long.xml', mimeType: 'text/xml', buffer });
  await page.getByLabel('Address').fill(uniqueName('stopped'));
  for (const wait of [300, 2_000]) {
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForTimeout(wait);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
  }
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(/\/texts\/stopped/, { timeout: 60_000 });
  await expect(page.getByText('Every word arrived, in the same order')).toBeVisible();
  await context.close();
});
