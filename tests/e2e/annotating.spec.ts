import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility-faults';
import { ownSeminar, postGloss } from '../support/own-seminar';
import { endsOf, loadPosition, readSection, selectByMouse, shownText } from '../support/reading-page';
import { fc } from '../support/seeded-fast-check';
import { signIn } from '../support/sign-in';

const WORDS = 'нездоровой шумихи';
const toolbar = (page: Page) => page.getByRole('toolbar', { name: 'Selected words' });
const annotation = (page: Page, body: string) => page.locator('[data-note]').filter({ hasText: body }).last();

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'glossing');
});

async function openAs(context: BrowserContext, account: string): Promise<Page> {
  await signIn(context, account);
  return context.newPage();
}

test('any passage that is put into the page and read back is the same, in both readings', async ({
  page,
}) => {
  for (const section of ['doc1', 'article']) {
    await page.goto(`/editions/gheorghiu-2009/${section}`);
    await loadPosition(page);
    const { text, corrections } = await (
      await page.request.get(`/api/v1/editions/gheorghiu-2009/sections/${section}`)
    ).json();
    const points = [...text];
    const edges: number[] = corrections.flatMap(({ start, end }: { start: number; end: number }) => [
      start,
      end,
    ]);
    const offset = fc.oneof(
      fc.nat({ max: points.length }),
      fc.constantFrom(...(edges.length > 0 ? edges : [0])),
    );
    const passages = fc
      .sample(fc.tuple(offset, offset), { numRuns: 600, seed: 1968 })
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
      .filter(([start, end]) => {
        const words = points.slice(start, end).join('');
        return words !== '' && words === words.trim();
      });
    expect(passages.length).toBeGreaterThan(100);
    for (const reading of ['printed', 'corrected']) {
      const wrong = await page.evaluate(
        ([section, reading, passages]) => {
          document.documentElement.dataset.reading = reading;
          const root = document.querySelector(`[data-section="${section}"]`)!;
          return passages.filter(([start, end]) => {
            const range = window.position.rangeOf(root, start, end);
            const back = range && window.position.spanOf(root, range);
            return back?.start !== start || back.end !== end;
          });
        },
        [section, reading, passages] as const,
      );
      expect(wrong).toEqual([]);
    }
  }
});

test('a selection in a correction means the whole of what was printed', async ({ page }) => {
  await page.goto('/editions/gheorghiu-2009/doc1');
  await loadPosition(page);
  const found = await page.evaluate(() => {
    const corr = document.querySelector('[data-section="doc1"] .corr')!;
    const root = corr.closest('[data-section]')!;
    const range = document.createRange();
    range.setStart(corr.firstChild!, 1);
    range.setEnd(corr.firstChild!, 2);
    const span = window.position.spanOf(root, range)!;
    return [
      window.position.sliceOf(root, span.start, span.end),
      corr.parentElement?.querySelector('.sic')?.textContent,
    ];
  });
  expect(found[0]).toBe(found[1]);
});

test('whatever is painted and toggled, the page shows the canonical text, and nothing is wrapped around it', async ({
  context,
}) => {
  const page = await openAs(context, 'student1');
  await postGloss(page.request, seminar, { section: 'doc1', exact: WORDS }, 'To be painted.');
  await readSection(page, 'doc1', `?group=${seminar}`);
  await page.waitForFunction(() => CSS.highlights.has('gloss-own'));
  const { text } = await (await page.request.get('/api/v1/editions/gheorghiu-2009/sections/doc1')).json();
  const served = await (await page.request.get('/editions/gheorghiu-2009/doc1')).text();
  for (const reading of ['corrected', 'printed']) {
    await page.evaluate((reading) => {
      document.documentElement.dataset.reading = reading;
    }, reading);
    expect(await shownText(page, 'doc1')).toBe(text);
  }
  const [now, then] = await page.evaluate((html) => {
    const names = (from: ParentNode) =>
      // Links to the notes stand at the ends of paragraphs, as apparatus.
      [...from.querySelectorAll('[data-section="doc1"] *:not([data-note-links], [data-note-links] *)')]
        .map((element) => element.tagName)
        .join(' ');
    return [names(document), names(new DOMParser().parseFromString(html, 'text/html'))];
  }, served);
  expect(now).toBe(then);
});

test('a seminar glosses «нездоровой шумихи», argues about it, and is moderated', async ({ browser }) => {
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => browser.newContext()));
  const student = await openAs(first!, 'student1');
  await readSection(student, 'doc1', `?group=${seminar}`);

  await selectByMouse(student, 'doc1', WORDS);
  await toolbar(student).getByRole('button', { name: 'Write a note' }).click();
  await student.getByLabel('Your text').fill('Clamour is too *weak* a word here.');
  await student.getByLabel('Your text').press('Control+Enter');
  await expect(annotation(student, 'Clamour is too')).toBeFocused();
  await expect(annotation(student, 'Clamour is too').locator('em')).toHaveText('weak');
  await expect(student.getByRole('region', { name: `Thread on “${WORDS}”` })).toBeVisible();

  const other = await openAs(second!, 'student2');
  await readSection(other, 'doc1', `?group=${seminar}`);
  await other.getByRole('button', { name: /Clamour is too/ }).click();
  await annotation(other, 'Clamour is too').getByRole('button', { name: 'Reply' }).click();
  await other.getByLabel('Your text').fill('You know nothing about it.');
  await other.getByRole('form', { name: 'New reply' }).getByRole('button', { name: 'Save reply' }).click();
  const reply = annotation(other, 'You know nothing');
  await expect(reply).toBeFocused();
  const id = await reply.getAttribute('data-note');

  const instructor = await openAs(third!, 'instructor');
  await instructor.goto(`/annotations/${id}`);
  await expect(instructor.locator(`[data-note="${id}"]`)).toBeFocused();
  await annotation(instructor, 'You know nothing').getByTitle('More').click();
  await annotation(instructor, 'You know nothing').getByRole('button', { name: 'Hide', exact: true }).click();
  await instructor
    .getByRole('dialog')
    .getByLabel('Reason')
    .fill('Argue with the gloss, not with its author.');
  await instructor.getByRole('dialog').getByRole('button', { name: 'Hide', exact: true }).click();
  await expect(instructor.locator(`[data-note="${id}"]`)).toContainText('Hidden by a moderator');

  await other.goto(`/annotations/${id}`);
  await expect(other.locator(`[data-note="${id}"]`)).toContainText('Reason: Argue with the gloss');
  await student.reload();
  await expect(annotation(student, 'Clamour is too')).toBeVisible();
  await expect(student.getByText('You know nothing')).toHaveCount(0);

  await annotation(instructor, 'You know nothing')
    .getByRole('button', { name: 'Restore', exact: true })
    .click();
  await instructor.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(instructor.locator(`[data-note="${id}"]`)).not.toContainText('Hidden by a moderator');
  await student.goto(`/annotations/${id}`);
  await expect(student.locator(`[data-note="${id}"]`)).toContainText('You know nothing');

  await other.reload();
  await annotation(other, 'You know nothing').getByRole('button', { name: 'Delete' }).click();
  await other.getByRole('button', { name: 'Undo' }).click();
  await expect(annotation(other, 'You know nothing')).toBeFocused();
});

test('the same words are chosen and glossed by keyboard alone', async ({ context }) => {
  const page = await openAs(context, 'student1');
  await readSection(page, 'doc1', `?group=${seminar}`);
  await page.keyboard.press('Alt+k');
  const panel = page.getByRole('application');
  await expect(panel).toBeFocused();
  const chosen = panel.getByRole('status');
  // By paragraphs to «Мы решительно», then by words.
  for (const [key, word] of [
    ['PageDown', 'Мы'],
    ['ArrowRight', WORDS.split(' ')[0]],
  ] as const) {
    for (let i = 0; i < 40 && (await chosen.textContent())?.trim() !== word; i++)
      await page.keyboard.press(key);
  }
  await page.keyboard.press('Shift+ArrowRight');
  await expect(chosen).toHaveText(`Selected: ${WORDS}`);
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await expect(chosen).toHaveText(`Selected: ${WORDS.slice(0, -1)}`);
  await page.keyboard.press('Control+Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Your text')).toBeFocused();
  await page.keyboard.type('By keyboard alone.');
  await page.keyboard.press('Control+Enter');
  await expect(annotation(page, 'By keyboard alone.')).toBeFocused();
  await expect(page.getByRole('region', { name: `Thread on “${WORDS}”` })).toBeVisible();
});

test('where glosses overlap a click offers them all, the shortest first, and keys lead from one to the next', async ({
  context,
}) => {
  const page = await openAs(context, 'student3');
  await readSection(page, 'doc1', `?group=${seminar}`);
  for (const words of ['Уважаемые товарищи', 'товарищи']) {
    await selectByMouse(page, 'doc1', words);
    await toolbar(page).getByRole('button', { name: 'Write a note' }).click();
    await page.getByLabel('Your text').fill(`On ${words}.`);
    await page.getByRole('button', { name: 'Save note' }).click();
    await expect(annotation(page, `On ${words}.`)).toBeFocused();
  }
  await page.getByRole('button', { name: 'Close the thread' }).click();
  await expect(page.getByRole('button', { name: /On товарищи\./ })).toBeFocused();

  const [, last] = await endsOf(page, 'doc1', 'товарищи');
  await page.mouse.move(last.x, last.y);
  await expect(page.locator('[data-section="doc1"]')).toHaveCSS('cursor', 'pointer');
  await page.mouse.click(last.x, last.y);
  const offered = page.getByRole('region', { name: '2 notes here' });
  await expect(offered.locator('q').first()).toHaveText('товарищи');
  await offered.getByRole('button', { name: /On Уважаемые/ }).click();
  await expect(annotation(page, 'On Уважаемые')).toBeFocused();
  await page.keyboard.press(']');
  await expect(annotation(page, 'On товарищи.')).toBeFocused();
  await page.keyboard.press('[');
  await expect(annotation(page, 'On Уважаемые')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-note]')).toHaveCount(0);
});

test('a draft survives a reload, a lost answer and a lost session', async ({ context }) => {
  const page = await openAs(context, 'student3');
  await readSection(page, 'doc1', `?group=${seminar}`);
  await selectByMouse(page, 'doc1', WORDS);
  await toolbar(page).getByRole('button', { name: 'Ask a question' }).click();
  await page.getByLabel('Your text').fill('Who raised it?');
  await page.reload();
  await expect(page.getByLabel('Your text')).toHaveValue('Who raised it?');
  await expect(page.getByLabel('Kind')).toHaveValue('question');

  await page.route('**/api/v1/groups/**', (route) => route.abort());
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await page.unroute('**/api/v1/groups/**');

  await context.clearCookies();
  await page.getByRole('button', { name: 'Try again' }).click();
  const again = page.getByRole('link', { name: 'Sign in again' });
  await expect(again).toHaveAttribute('href', /^\/signin\?callbackUrl=%2Feditions%2Fgheorghiu-2009%2Fdoc1/);
  await expect(page.getByLabel('Your text')).toHaveValue('Who raised it?');
  await signIn(context, 'student3');
  await page.reload();
  await page.getByRole('button', { name: 'Save note' }).click();
  await expect(annotation(page, 'Who raised it?')).toBeFocused();

  await annotation(page, 'Who raised it?').getByRole('button', { name: 'Reply' }).click();
  await page.getByLabel('Your text').fill('The study does not say.');
  await page.reload();
  await expect(page.getByLabel('Your text')).toHaveValue('The study does not say.');
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.reload();
  await expect(annotation(page, 'Who raised it?')).toBeVisible();
  await expect(page.getByLabel('Your text')).toHaveCount(0);
});

test('somebody who is not signed in reads, and is told what signing in gives', async ({ page }) => {
  await page.goto('/editions/gheorghiu-2009/doc1');
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.getByText('Sign in to see the notes of your seminar here')).toBeVisible();
});

test.describe('where several have written', () => {
  test.beforeAll(async ({ browser }) => {
    const context = await browser.newContext();
    await signIn(context, 'student1');
    for (const body of ['The one.', 'The other.']) {
      await postGloss(context.request, seminar, { section: 'doc2', exact: 'двусторонней встрече' }, body);
    }
    await context.close();
  });

  for (const [width, height] of [
    [390, 844],
    [1440, 900],
  ] as const) {
    test(`nothing stands in anybody's way at ${width} pixels, in each look`, async ({ browser }) => {
      const context = await browser.newContext({ viewport: { width, height } });
      const page = await openAs(context, 'student2');
      await readSection(page, 'doc2', `?group=${seminar}`);
      if (width === 390) await page.getByRole('link', { name: '2 notes on paragraph' }).click();
      await page.locator('button[data-thread]').first().click();
      await page.locator('[data-note]').getByRole('button', { name: 'Reply' }).click();
      await expect(page.getByLabel('Your text')).toBeFocused();
      expect(await accessibilityFaults(page, 'reply')).toEqual([]);
      await context.close();
    });
  }
});
