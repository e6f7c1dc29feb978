import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { OUR_ORIGIN, uniqueName } from '../support/own-seminar';
import { readSection, selectByMouse } from '../support/reading-page';
import { signIn } from '../support/sign-in';

/** A term in small: a class comes in, writes for an assignment, asks for more time, is answered, graded, and copied. */

const WORDS = 'нездоровой шумихи';
const note = (page: Page, body: string) => page.locator('[data-note]').filter({ hasText: body });

async function openAs(browser: Browser, account: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await signIn(context, account);
  return context.newPage();
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
}

async function writeGloss(page: Page, body: string): Promise<void> {
  await selectByMouse(page, 'doc1', WORDS);
  await page
    .getByRole('toolbar', { name: 'Selected words' })
    .getByRole('button', { name: 'Write a note' })
    .click();
  await page.getByLabel('Your text').fill(body);
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(note(page, body)).toBeVisible();
}

test('a term in small', async ({ browser }) => {
  const name = uniqueName('Term');
  const instructor = await openAs(browser, 'instructor');

  await test.step('the instructor makes a seminar and pastes a class list', async () => {
    await instructor.goto('/groups/new');
    await instructor.getByLabel('Name', { exact: true }).fill(name);
    await instructor.locator('select[name="edition"]').selectOption('gheorghiu-2009');
    await instructor.getByRole('button', { name: 'Create the seminar' }).click();
    await expect(instructor.getByRole('heading', { level: 1, name })).toBeVisible();
    await instructor.getByRole('link', { name: 'People', exact: true }).click();
    const list = [
      'student1@demo.example, Student One',
      'student2@demo.example, Student Two, student',
      'assistant@demo.example, Assistant, assistant',
      'nobody at all',
    ].join('\n');
    await instructor.getByLabel('The list (CSV)').fill(list);
    await instructor.getByRole('button', { name: 'Preview' }).click();
    await expect(instructor.getByText(/3 people would be invited/)).toBeVisible();
    await expect(instructor.getByText(/Line 5: This is no e-mail address/)).toBeVisible();
    await expectAccessible(instructor);
    await instructor.getByRole('button', { name: 'Invite them' }).click();
    await expect(instructor.getByText(/3 people invited/)).toBeVisible();
  });
  const slug = new URL(instructor.url()).pathname.split('/')[2] ?? '';

  await test.step('and sets a post-first assignment', async () => {
    await instructor.getByRole('link', { name: 'Assignments', exact: true }).click();
    await expectAccessible(instructor);
    await instructor.getByRole('link', { name: 'New assignment' }).click();
    await instructor.getByLabel('Title').fill('Document I');
    await instructor.getByLabel('Instructions').fill('Gloss **one** expression.');
    await instructor.getByLabel('Glosses expected').fill('1');
    await instructor.getByLabel(/Post first/).check();
    await instructor.getByLabel('Glosses due').fill('2030-01-31T18:00');
    await expectAccessible(instructor);
    await instructor.getByRole('button', { name: 'Create assignment' }).click();
    await expect(instructor.getByRole('heading', { level: 1, name: 'Document I' })).toBeVisible();
    await expect(instructor.locator('strong', { hasText: 'one' })).toBeVisible();
  });
  const assignment = new URL(instructor.url()).pathname.split('/').at(-1) ?? '';
  const reading = `?group=${slug}&assignment=${assignment}`;

  const first = await openAs(browser, 'student1');
  const second = await openAs(browser, 'student2');
  await test.step('a student sees the others once their own gloss is there, and is told so', async () => {
    await readSection(first, 'doc1', reading);
    await expect(first.getByText(/once you have posted your own gloss/)).toBeVisible();
    await expect(first.getByText(/1 more gloss to write/)).toBeVisible();
    await writeGloss(first, 'A hullabaloo, unhealthy.');
    await expect(first.getByText(/You have posted your gloss/)).toBeVisible();
    await expect(first.getByText(/more gloss to write/)).toBeHidden();

    await readSection(second, 'doc1', `?group=${slug}`);
    await expect(second.getByText(/once you have posted your own gloss/)).toBeVisible();
    await expect(second.getByText('A hullabaloo, unhealthy.')).toHaveCount(0);
    await expectAccessible(second);
    await writeGloss(second, 'A clamour, rather.');
    await expect(second.getByText('A hullabaloo, unhealthy.').first()).toBeVisible();
  });

  await test.step('a new person comes in by the link on a phone, and asks for more time', async () => {
    const made = await instructor.request.post(`/api/v1/groups/${slug}/invitations`, {
      data: { role: 'student' },
      headers: OUR_ORIGIN,
    });
    const { code } = await made.json();
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const phone = await context.newPage();
    await phone.goto(`/join/${code}`);
    await expectAccessible(phone);
    await phone.getByLabel('Name, as the seminar sees it').fill('Newcomer');
    await phone.getByLabel('E-mail address').fill(`${slug}@newcomer.example`);
    await phone.getByLabel('Password').fill('a long enough one');
    await phone.getByRole('button', { name: 'Create account and join' }).click();
    await expect(phone.getByRole('heading', { level: 1, name })).toBeVisible();
    await phone.getByRole('link', { name: 'Assignments', exact: true }).click();
    await phone.getByRole('link', { name: 'Document I', exact: true }).click();
    await expect(phone.getByText(/1 more gloss to write/)).toBeVisible();
    await phone.getByRole('button', { name: 'Ask for more time' }).click();
    await phone.getByLabel(/Why do you need more time/).fill('I came in late.');
    await phone.getByRole('button', { name: 'Send' }).click();
    await expect(phone.getByText(/You asked for more time: “I came in late.”/)).toBeVisible();
    expect(await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    await expectAccessible(phone);
    await context.close();
  });

  await test.step('the instructor sees who owes, gives the time, and grades', async () => {
    await instructor.goto(`/groups/${slug}/overview?assignment=${assignment}`);
    const row = (student: string) => instructor.getByRole('row').filter({ hasText: student });
    await expect(row('Newcomer')).toContainText('work owed');
    await expect(row('Newcomer')).toContainText('asks for more time');
    await expectAccessible(instructor);
    await row('Newcomer')
      .getByRole('button', { name: /Dates and grade/ })
      .click();
    const dialog = instructor.getByRole('dialog');
    await expect(dialog).toContainText('I came in late.');
    await dialog.getByLabel('Glosses due for this person').fill('2030-02-15T18:00');
    await dialog.getByLabel('Grade', { exact: true }).fill('9');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(row('Newcomer')).not.toContainText('asks for more time');
    await expect(row('Newcomer')).toContainText('9');
    const csv = await (await instructor.request.get(`/api/v1/groups/${slug}/gradebook.csv`)).text();
    expect(csv).toContain('Document I: grade');
    expect(csv).toMatch(/@newcomer\.example,Newcomer,0,0,0,9/);
  });

  await test.step('reads all that one person wrote, and goes on to the next', async () => {
    await instructor.getByRole('link', { name: 'Newcomer' }).click();
    await expect(instructor.getByRole('heading', { level: 1, name: 'Newcomer' })).toBeVisible();
    await expect(instructor.getByText('Nothing yet')).toBeVisible();
    const others = instructor.getByRole('navigation', { name: 'Other students' });
    await others.getByRole('link').first().click();
    await expect(instructor.getByText(/A hullabaloo, unhealthy|A clamour, rather/)).toBeVisible();
    await expectAccessible(instructor);
  });

  await test.step('and answers one in private', async () => {
    await readSection(instructor, 'doc1', `?group=${slug}`);
    await instructor
      .getByRole('button', { name: /A hullabaloo, unhealthy/ })
      .first()
      .click();
    await note(instructor, 'A hullabaloo, unhealthy.').getByRole('button', { name: 'Reply' }).click();
    await instructor.getByLabel('Your text').fill('Well found; see Ozhegov.');
    await instructor.getByLabel('Who may see it').selectOption('author');
    await instructor
      .getByRole('button', { name: /Save|Reply|Send/ })
      .last()
      .click();
    await expect(note(instructor, 'Well found; see Ozhegov.')).toBeVisible();
    // Their own note is open there: its address names it.
    await first.reload();
    await expect(note(first, 'Well found; see Ozhegov.')).toBeVisible();
    await second.reload();
    await second
      .getByRole('button', { name: /A hullabaloo, unhealthy/ })
      .first()
      .click();
    await expect(second.getByText('Well found; see Ozhegov.')).toHaveCount(0);
  });

  await test.step('and copies the seminar for the next term', async () => {
    await instructor.goto(`/groups/${slug}/settings`);
    await instructor.getByLabel('Name of the new seminar').fill(`${name} again`);
    await instructor.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect(instructor.getByRole('heading', { level: 1, name: `${name} again` })).toBeVisible();
    await instructor.getByRole('link', { name: 'Assignments', exact: true }).click();
    await expect(instructor.getByRole('link', { name: 'Document I', exact: true })).toBeVisible();
  });
});
