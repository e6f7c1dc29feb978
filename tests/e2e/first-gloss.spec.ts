import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { ownSeminar, postGloss } from '../support/own-seminar';
import { readSection, selectByMouse } from '../support/reading-page';
import { signIn } from '../support/sign-in';

const WORDS = 'нездоровой шумихи';
const annotation = (page: Page, body: string) => page.locator('[data-note]').filter({ hasText: body });

async function openAs(context: BrowserContext, account: string): Promise<Page> {
  await signIn(context, account);
  return context.newPage();
}

test('where nobody has written yet the way to begin is told, until somebody has', async ({ browser }) => {
  const seminar = await ownSeminar(browser, 'empty');
  const [first, second] = await Promise.all([browser.newContext(), browser.newContext()]);
  const [reader, writer] = [await openAs(first, 'reader'), await openAs(second, 'student1')];
  const [forReaders, forWriters] = [
    'No notes yet.',
    'No notes yet. Select words in the text to write the first one.',
  ];
  await readSection(reader, 'doc1', `?group=${seminar}`);
  await expect(reader.getByText(forReaders, { exact: true })).toBeVisible();
  await readSection(writer, 'doc1', `?group=${seminar}`);
  await expect(writer.getByText(forWriters, { exact: true })).toBeVisible();
  const { violations } = await new AxeBuilder({ page: writer }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await selectByMouse(writer, 'doc1', WORDS);
  const toolbar = writer.getByRole('toolbar', { name: 'Selected words' });
  await toolbar.getByRole('button', { name: 'Write a note' }).click();
  await expect(writer.getByText(forWriters, { exact: true })).toBeHidden();
  await writer.getByLabel('Your text').fill('The first of all.');
  await writer.getByRole('button', { name: 'Save note' }).click();
  await expect(annotation(writer, 'The first of all.')).toBeFocused();
  await expect(writer.getByRole('heading', { name: '1 note', exact: true })).toBeVisible();

  await reader.reload();
  await expect(reader.getByRole('button', { name: /The first of all/ })).toBeVisible();
  await expect(reader.getByText(forReaders, { exact: true })).toBeHidden();
  await Promise.all([first.close(), second.close()]);
});

test('a gloss that was deleted comes back by one key, where it stood', async ({ browser, context }) => {
  const seminar = await ownSeminar(browser, 'undone');
  const page = await openAs(context, 'student2');
  await postGloss(page.request, seminar, { section: 'doc1', exact: WORDS }, 'To stay.');
  const id = await postGloss(page.request, seminar, { section: 'doc1', exact: WORDS }, 'Not to go.');
  await readSection(page, 'doc1', `?group=${seminar}&annotation=${id}`);
  await expect(page.getByRole('heading', { name: '2 notes', exact: true })).toBeVisible();
  await annotation(page, 'Not to go.').getByRole('button', { name: 'Delete' }).click();
  await expect(annotation(page, 'Not to go.')).toBeHidden();
  await expect(page.getByRole('heading', { name: '1 note', exact: true })).toBeVisible();

  const undo = page.getByRole('status').getByRole('button', { name: 'Undo' });
  await undo.focus();
  await page.keyboard.press('Enter');
  await expect(annotation(page, 'Not to go.')).toBeFocused();
  await expect(page.getByRole('heading', { name: '2 notes', exact: true })).toBeVisible();
  await expect(undo).toBeHidden();
  await page.reload();
  await expect(annotation(page, 'Not to go.')).toBeVisible();
});
