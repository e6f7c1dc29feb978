import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { ownSeminar, postGloss, uniqueName } from '../support/own-seminar';
import { readSection, selectByMouse } from '../support/reading-page';
import { signIn } from '../support/sign-in';

/** Kinds that ask for what they need, and one's own notes over all groups. */

const CLAMOR = 'нездоровой шумихи';

async function openAs(browser: Browser, account: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await signIn(context, account);
  return context.newPage();
}

test('a reader highlights, links two pages, agrees, and collects an outline', async ({ browser }) => {
  const seminar = await ownSeminar(browser, 'kinds');
  const page = await openAs(browser, 'student1');
  const query = `?group=${seminar}`;
  const toolbar = page.getByRole('toolbar', { name: 'Selected words' });

  await test.step('words are highlighted at once, for oneself alone', async () => {
    await readSection(page, 'doc1', query);
    await selectByMouse(page, 'doc1', CLAMOR);
    await toolbar.getByRole('button', { name: 'Highlight' }).click();
    await expect(page.getByText('Highlighted, for you alone.')).toBeVisible();
    await expect(page.locator('[data-thread]').first()).toContainText('Highlight');
  });

  await test.step('a link begins on one page and ends on another', async () => {
    await selectByMouse(page, 'doc1', CLAMOR);
    await toolbar.getByRole('button', { name: 'Begin a link' }).click();
    await readSection(page, 'article', query);
    await selectByMouse(page, 'article', 'unhealthy clamor');
    await toolbar.getByRole('button', { name: `Link with “${CLAMOR}”` }).click();
    const body = uniqueName('The same clamor');
    await page.getByLabel('Your text').fill(body);
    await page.getByRole('button', { name: 'Save note' }).click();
    const thread = page.locator('section[data-thread]').filter({ hasText: body });
    await expect(thread.getByRole('link', { name: CLAMOR })).toBeVisible();
    await readSection(page, 'doc1', query);
    await expect(page.getByText(body)).toBeVisible();
  });

  await test.step('somebody else has the same question', async () => {
    const other = await openAs(browser, 'student2');
    const place = { section: 'doc1', exact: 'Уважаемые товарищи' };
    await postGloss(other.request, seminar, place, 'Whose comrades?');
    await readSection(page, 'doc1', query);
    await page.getByText('Whose comrades?').click();
    const thread = page.locator('section[data-thread]').filter({ hasText: 'Whose comrades?' });
    await thread.getByRole('button', { name: 'I agree' }).click();
    await expect(thread.getByText('1 agrees')).toBeVisible();
    await thread.getByRole('button', { name: 'No longer agree' }).click();
    await expect(thread.getByText('1 agrees')).toBeHidden();
    await other.context().close();
  });

  await test.step('one’s own notes are searched, chosen and taken away', async () => {
    await page.goto('/notebook');
    await page.getByLabel('Words in notes and passages').fill('The same clamor');
    await page.getByLabel('Seminar').selectOption(seminar);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('checkbox', { name: /Choose the note/ }).check();
    await expect(page.getByText('1 note chosen')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Markdown' }).click();
    expect((await download).suggestedFilename()).toBe('notebook.md');
  });
});
