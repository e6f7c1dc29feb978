import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { publishSource } from '../support/own-edition';
import { ownSeminar, uniqueName } from '../support/own-seminar';
import { loadPosition, selectByMouse, shownText } from '../support/reading-page';
import { fc } from '../support/seeded-fast-check';
import { signIn } from '../support/sign-in';

const SECTION = 'all';

let edition: string;
let seminar: string;
test.beforeAll(async ({ browser }) => {
  edition = uniqueName('any-text');
  seminar = await ownSeminar(browser, 'any-text');
  const context = await browser.newContext();
  await signIn(context, 'admin');
  const source = await readFile('tests/support/any-text.xml', 'utf8');
  await publishSource(context.request, edition, source.replace('xml:id="any-text"', `xml:id="${edition}"`));
  await context.close();
});

const popover = (page: Page) => page.locator('[popover][role="dialog"]');

async function sectionOf(page: Page, id: string) {
  return (await page.request.get(`/api/v1/editions/${edition}/sections/${id}`)).json();
}

test('a text of every kind is shown as its canonical text, each paragraph in its element', async ({
  page,
}) => {
  await page.goto(`/editions/${edition}/${SECTION}`);
  const { notes } = await sectionOf(page, SECTION);
  expect(notes).toHaveLength(1);
  for (const id of [SECTION, notes[0].id]) {
    const { text, paragraphs } = await sectionOf(page, id);
    expect(await shownText(page, id)).toBe(text);
    const points = [...text];
    for (const { id: block, start, end } of paragraphs) {
      const shown = await page.locator(`[id="${block}"]`).evaluate((element) => {
        const copy = element.cloneNode(true) as Element;
        for (const apparatus of copy.querySelectorAll('[data-apparatus]')) apparatus.remove();
        return copy.textContent;
      });
      expect(shown).toBe(points.slice(start, end).join(''));
    }
  }
});

test('each kind has its element, and runs of another direction are isolated', async ({ page }) => {
  await page.goto(`/editions/${edition}/${SECTION}`);
  const text = page.locator(`[data-section="${SECTION}"]`);
  await expect(page.locator('h1')).toHaveText('Of all kinds');
  await expect(page.locator('h2').filter({ hasText: 'Verse and drama' })).toBeVisible();
  await expect(text.locator('ol > li')).toHaveText([/the first/, /the second/]);
  await expect(text.locator('dl > dt')).toHaveText('ox');
  await expect(text.locator('table tr').nth(2).locator('td')).toHaveCount(3);
  await expect(text.locator('table th[scope="col"]')).toHaveCount(3);
  await expect(text.locator('blockquote.epigraph')).toBeVisible();
  await expect(text.locator('a.name')).toHaveAttribute('href', 'https://example.org/people/1');
  await expect(text.getByRole('link', { name: 'Picture: A map' })).toBeVisible();
  await expect(text.getByRole('img', { name: /Gap in the text: 3 words, illegible/ })).toBeVisible();
  for (const [word, direction] of [
    ['سلام', 'rtl'],
    ['world', 'ltr'],
  ]) {
    const run = text.locator('[dir]').filter({ hasText: new RegExp(`^${word}$`) });
    await expect(run).toHaveAttribute('dir', direction!);
    await expect(run).toHaveCSS('unicode-bidi', 'isolate');
  }
  // A line that two speakers share goes on where the first ended.
  const [first, second] = await Promise.all(
    ['Who is there?', 'Nobody, sir.'].map((words) =>
      text.locator('.line', { hasText: words }).evaluate((line) => {
        const range = document.createRange();
        range.selectNodeContents(line);
        return [range.getBoundingClientRect().left, range.getBoundingClientRect().right] as const;
      }),
    ),
  );
  expect(second![0]).toBeGreaterThanOrEqual(first![1]);
});

test('any passage over cells, lines and speeches is put into the page and read back the same', async ({
  page,
}) => {
  await page.goto(`/editions/${edition}/${SECTION}`);
  await loadPosition(page);
  const { text } = await sectionOf(page, SECTION);
  const points = [...text];
  const spans = fc
    .sample(fc.tuple(fc.nat(points.length), fc.nat(points.length)), 150)
    .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
    .filter(({ start, end }) => start < end && /\S/.test(points[start]) && /\S/.test(points[end - 1]));
  expect(spans.length).toBeGreaterThan(50);
  const read = await page.evaluate(
    ([section, spans]) => {
      const root = document.querySelector(`[data-section="${section}"]`)!;
      return spans.map(({ start, end }) => {
        const range = window.position.rangeOf(root, start, end);
        return range && window.position.spanOf(root, range);
      });
    },
    [SECTION, spans] as const,
  );
  expect(read).toEqual(spans);
});

test('words that are selected over cells, and over lines of two speakers, are glossed as they are', async ({
  context,
}) => {
  await signIn(context, 'student1');
  const page = await context.newPage();
  const outline = page.waitForResponse((response) => response.url().includes('/outline?'));
  await page.goto(`/editions/${edition}/${SECTION}?group=${seminar}`);
  await outline;
  await loadPosition(page);
  const { text } = await sectionOf(page, SECTION);
  for (const words of ['1200\n40\n400', 'there?\nFool\n(aside)\nNobody', 'CAES AVG PONT MAX']) {
    await selectByMouse(page, SECTION, words);
    await page
      .getByRole('toolbar', { name: 'Selected words' })
      .getByRole('button', { name: 'Write a note' })
      .click();
    await page.getByLabel('Your text').fill(`On ${words}`);
    const saved = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('button', { name: 'Save note' }).click();
    const { start, end, exact } = await (await saved).json();
    expect(exact).toBe(words);
    expect([...text].slice(start, end).join('')).toBe(words);
  }
});

test('readings open by keyboard and by mouse, with their witnesses, and a note with all it holds', async ({
  page,
}) => {
  await page.goto(`/editions/${edition}/${SECTION}`);
  await expect(page.getByRole('complementary', { name: 'Notes' })).toBeVisible();
  const mark = page.getByRole('link', { name: '2 other readings' });
  await mark.focus();
  await expect(mark).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(popover(page)).toContainText('wrote A B] sang C; left out D');
  await page.keyboard.press('Escape');
  await expect(mark).toBeFocused();
  await page.locator('.app').click();
  await expect(popover(page)).toContainText('sang C');
  await page.keyboard.press('Escape');
  await page.locator('a.noteref').click();
  await expect(popover(page).locator('[data-start]')).toHaveText([
    'The first paragraph of a note.',
    'its list',
    'The second paragraph of a note.',
  ]);
});

test('the text stays, whatever an extension of the browser does to the page before its scripts run', async ({
  page,
}) => {
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      document.querySelector('body > header a')?.replaceWith(document.createElement('em'));
      document.querySelector('nav h2')?.remove();
    });
  });
  const failed = page.waitForEvent('pageerror');
  await page.goto(`/editions/${edition}/${SECTION}`);
  // React says that the page is not what it expects, and makes it anew.
  await failed;
  await expect(page.locator('nav h2').first()).toBeVisible();
  const { text } = await sectionOf(page, SECTION);
  expect(await shownText(page, SECTION)).toBe(text);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('readings are a list below the text, and the contents fold', async ({ page }) => {
    await page.goto(`/editions/${edition}/${SECTION}`);
    await page.getByText('Readings of other witnesses').click();
    await expect(page.getByText('sang C; left out D')).toBeVisible();
    await page.goto(`/editions/${edition}`);
    await page.getByRole('link', { name: 'Verse and drama' }).click();
    await expect(page.getByRole('heading', { name: 'Verse and drama' })).toBeInViewport();
  });
});

for (const [width, scheme] of [
  [1440, 'light'],
  [390, 'dark'],
] as const) {
  test(`it is accessible and scrolls in one direction at ${width} pixels in the ${scheme}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of [`/editions/${edition}`, `/editions/${edition}/${SECTION}`]) {
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider).toBe(0);
    }
  });
}
