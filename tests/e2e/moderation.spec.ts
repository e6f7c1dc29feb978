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

test('a member is warned and muted, and a note is decided on by keys with a reason of the seminar', async ({
  browser,
}) => {
  const own = await ownSeminar(browser, 'restraints');
  const author = await pageOf(browser, 'student1');
  const instructor = await pageOf(browser, 'instructor');
  const id = await postGloss(author.request, own, PLACE, 'A hullabaloo.');
  const flag = await instructor.request.post(`/api/v1/annotations/${id}/flags`, {
    data: { reason: 'wrong' },
    headers: OUR_ORIGIN,
  });
  expect(flag.status()).toBe(201);

  await test.step('the reasons of the seminar are written in its settings', async () => {
    await instructor.goto(`/groups/${own}/settings`);
    await waitForHydration(instructor);
    await instructor.getByRole('button', { name: 'Add a reason' }).click();
    await instructor.getByLabel('What staff calls it').fill('Civility');
    await instructor.getByLabel('What the author reads').fill('We are polite here.');
    await instructor.getByRole('button', { name: 'Save moderation' }).click();
    await expect(instructor.getByText('Saved.')).toBeVisible();
    expect(await accessibilityFaults(instructor, 'settings')).toEqual([]);
  });

  await test.step('a member is warned and muted on their page, and reads both', async () => {
    const { id: member } = await (await author.request.get('/api/v1/me')).json();
    await instructor.goto(`/groups/${own}/people/${member}`);
    await waitForHydration(instructor);
    await instructor.getByLabel('New warning').fill('Please be kind.');
    await instructor.getByRole('button', { name: 'Warn' }).click();
    await expect(instructor.getByText('Not read yet.')).toBeVisible();
    await instructor.getByLabel('Reason').fill('Rude twice.');
    await instructor.getByRole('button', { name: 'Mute' }).click();
    await expect(instructor.getByText('Muted until')).toBeVisible();
    expect(await accessibilityFaults(instructor, 'member')).toEqual([]);
    await author.goto(`/groups/${own}`);
    await waitForHydration(author);
    await expect(author.getByText('Rude twice.')).toContainText('You can read, report notes');
    await author.getByRole('button', { name: 'I have read this' }).click();
    await expect(author.getByText('Please be kind.')).toHaveCount(0);
  });

  await test.step('the queue is worked through by keys', async () => {
    await instructor.goto(`/groups/${own}/moderation`);
    await waitForHydration(instructor);
    await instructor.keyboard.press('?');
    await expect(instructor.getByRole('dialog')).toContainText('Next note');
    expect(await accessibilityFaults(instructor, 'keys')).toEqual([]);
    await instructor.keyboard.press('Escape');
    await expect(instructor.getByRole('dialog')).toHaveCount(0);
    await instructor.keyboard.press('j');
    await expect(instructor.locator('[data-queue-item]')).toBeFocused();
    await instructor.keyboard.press('h');
    await instructor.getByLabel('Reason of the seminar').selectOption('Civility');
    await instructor.getByRole('button', { name: 'Hide note' }).click();
    await expect(instructor.getByText('Nothing to review')).toBeVisible();
    const { reason } = await (await author.request.get(`/api/v1/annotations/${id}`)).json();
    expect(reason).toBe('We are polite here.');
  });
  await Promise.all([author, instructor].map((page) => page.context().close()));
});
