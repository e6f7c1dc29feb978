import { type Browser, expect, type Page, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility-faults';
import { OUR_ORIGIN, ownSeminar, postGloss } from '../support/own-seminar';
import { signIn } from '../support/sign-in';
import { waitForHydration } from '../support/wait-for-hydration';

const PLACE = { section: 'doc1', exact: 'нездоровой шумихи' };

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'moderation');
});

async function pageOf(browser: Browser, account: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await signIn(context, account);
  return context.newPage();
}

const openNote = async (page: Page, id: string) => {
  await page.goto(`/editions/gheorghiu-2009/doc1?group=${seminar}&annotation=${id}`);
  await expect(page.locator(`[data-note="${id}"]`)).toBeVisible();
};
const openQueue = async (page: Page) => {
  await page.goto(`/groups/${seminar}/moderation`);
  await waitForHydration(page);
};
const decide = async (page: Page, action: string, words: string, send: string) => {
  await page.getByRole('button', { name: action }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(words);
  await dialog.getByRole('button', { name: send }).click();
  await expect(dialog).toHaveCount(0);
};

test('a reported note is sent back, changed, and kept; a hidden one is appealed, and restored', async ({
  browser,
}) => {
  const author = await pageOf(browser, 'student1');
  const reader = await pageOf(browser, 'student2');
  const instructor = await pageOf(browser, 'instructor');
  const assistant = await pageOf(browser, 'assistant');
  const id = await postGloss(author.request, seminar, PLACE, 'A hullabaloo.');
  const note = (page: Page) => page.locator(`[data-note="${id}"]`);

  await test.step('reported, and sent back', async () => {
    const flag = await reader.request.post(`/api/v1/annotations/${id}/flags`, {
      data: { reason: 'wrong', note: 'Who says so?' },
      headers: OUR_ORIGIN,
    });
    expect(flag.status()).toBe(201);
    await openQueue(instructor);
    await expect(instructor.getByText('1 report')).toBeVisible();
    await decide(instructor, 'Send back…', 'Name your source.', 'Send back');
    await expect(instructor.getByText('Nothing to review')).toBeVisible();
  });

  await test.step('its author reads why, and changes it; nobody else sees it meanwhile', async () => {
    await openNote(author, id);
    await expect(note(author)).toContainText('Sent back to its author. Reason: Name your source.');
    expect((await reader.request.get(`/api/v1/annotations/${id}`)).status()).toBe(404);
    await note(author).getByRole('button', { name: 'Edit', exact: true }).click();
    await author.getByLabel('Your text').fill('A hullabaloo. The study has it.');
    await author.getByRole('button', { name: /^Save/ }).click();
    await expect(note(author)).toContainText('Waiting for a moderator.');
  });

  await test.step('it comes again with what has changed, and is kept', async () => {
    await openQueue(assistant);
    await expect(assistant.getByText('Changed after it was sent back')).toBeVisible();
    await expect(assistant.locator('ins')).toContainText('The study has it.');
    expect(await accessibilityFaults(assistant, 'resubmitted')).toEqual([]);
    await assistant.getByRole('button', { name: 'Keep' }).click();
    await expect(assistant.getByText('Nothing to review')).toBeVisible();
    await openNote(reader, id);
    await expect(note(reader)).toContainText('The study has it.');
  });

  await test.step('hidden, its author appeals, and another member of staff restores it', async () => {
    await openNote(instructor, id);
    await note(instructor).locator('summary').click();
    await decide(instructor, 'Hide', 'Off topic.', 'Hide');
    await openNote(author, id);
    await note(author).getByRole('button', { name: 'Appeal' }).click();
    const dialog = author.getByRole('dialog');
    expect(await accessibilityFaults(author, 'appeal')).toEqual([]);
    await dialog.getByLabel('Why is the decision wrong?').fill('It is what the study says.');
    await dialog.getByRole('button', { name: 'Send the appeal' }).click();
    await expect(note(author)).toContainText('An appeal waits for an answer.');
    await expect(note(author).getByRole('button', { name: 'Appeal' })).toHaveCount(0);
    // Whoever took the decision reads the appeal, and does not answer it.
    await instructor.goto(`/groups/${seminar}/moderation`);
    await expect(instructor.locator('blockquote')).toHaveText('It is what the study says.');
    await expect(instructor.getByRole('button', { name: 'Restore' })).toHaveCount(0);
    await openQueue(assistant);
    await expect(assistant.locator('blockquote')).toHaveText('It is what the study says.');
    expect(await accessibilityFaults(assistant, 'appealed')).toEqual([]);
    await assistant.getByRole('button', { name: 'Restore' }).click();
    await expect(assistant.getByText('Nothing to review')).toBeVisible();
    await openNote(reader, id);
    await expect(note(reader)).toContainText('The study has it.');
  });

  await Promise.all([author, reader, instructor, assistant].map((page) => page.context().close()));
});
