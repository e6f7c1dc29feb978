import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { ownSeminar } from '../support/own-seminar';
import { endsOf, loadPosition, readSection, selectByMouse } from '../support/reading-page';
import { signIn } from '../support/sign-in';

const WORDS = 'подлинный интернационализм';
const MORE = 'недружественными акциями';

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'several');
});

test('a gloss takes several passages while it is written, and stands on each of them', async ({
  context,
}) => {
  await signIn(context, 'student1');
  const page = await context.newPage();
  await readSection(page, 'doc2', `?group=${seminar}`);
  const toolbar = page.getByRole('toolbar', { name: 'Selected words' });
  await selectByMouse(page, 'doc2', WORDS);
  await toolbar.getByRole('button', { name: 'Write a note' }).click();
  await page.getByLabel('Your text').fill('One tone, twice.');

  await selectByMouse(page, 'doc2', MORE);
  await toolbar.getByRole('button', { name: 'Add to this note' }).click();
  const taken = page.getByRole('button', { name: `Remove “${MORE}”` });
  await expect(taken).toBeVisible();
  // A passage that was added is removed again, and the typed text stays.
  await taken.click();
  await expect(taken).toBeHidden();
  await expect(page.getByLabel('Your text')).toHaveValue('One tone, twice.');
  await selectByMouse(page, 'doc2', MORE);
  await toolbar.getByRole('button', { name: 'Add to this note' }).click();
  await expect(taken).toBeVisible();

  // The draft survives a reload with its passages.
  await page.reload();
  await expect(taken).toBeVisible();
  await page.getByLabel('Your text').press('Control+Enter');
  const note = page.locator('[data-note]').filter({ hasText: 'One tone, twice.' }).last();
  await expect(note).toBeVisible();
  const id = await note.getAttribute('data-note');
  const saved = await (await page.request.get(`/api/v1/annotations/${id}`)).json();
  expect(saved.passages.map(({ exact }: { exact: string }) => exact)).toEqual([WORDS, MORE]);

  const thread = page.locator(`section[data-thread="${id}"]`);
  const further = thread.getByRole('list', { name: 'Other passages of this note' });
  await expect(further).toContainText(MORE);
  await further.getByRole('button').click();
  const { violations } = await new AxeBuilder({ page }).include(`section[data-thread="${id}"]`).analyze();
  expect(violations).toEqual([]);

  // Both passages are highlighted as open, and the text's DOM is unchanged.
  const painted = await page.evaluate(() =>
    [...(CSS.highlights.get('gloss-active') ?? [])].map(
      ({ startContainer, startOffset, endContainer, endOffset }) => {
        const range = document.createRange();
        range.setStart(startContainer, startOffset);
        range.setEnd(endContainer, endOffset);
        return range.toString().replace(/\s+/g, ' ');
      },
    ),
  );
  expect(painted.sort()).toEqual([MORE, WORDS].sort());

  // A click on the second passage opens the same thread.
  await thread.getByRole('button', { name: 'Close the thread' }).click();
  await expect(thread).toBeHidden();
  await loadPosition(page);
  const [, last] = await endsOf(page, 'doc2', MORE);
  await page.mouse.click(last.x, last.y);
  await expect(thread).toBeVisible();
});
