import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { ownSeminar, postGloss } from '../support/own-seminar';
import { signIn } from '../support/sign-in';

/** The messages of a catalogue by key. */
const catalogue = (name: string, locale: string): Record<string, string> =>
  JSON.parse(readFileSync(`lib/i18n/messages/${name}.${locale}.json`, 'utf8'));

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'languages');
  const context = await browser.newContext();
  await signIn(context, 'student2');
  await postGloss(context.request, seminar, { section: 'doc1', exact: 'Уважаемые товарищи' }, '1.');
  const region = { x: 200, y: 300, w: 400, h: 120 };
  await postGloss(context.request, seminar, { canvas: 'p125', region }, '2.');
  await context.close();
});

/** All texts of a page: visible ones, labels for screen readers, and titles. */
async function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said: string[] = [];
    for (const element of document.querySelectorAll('body *:not(script, style)')) {
      for (const name of ['aria-label', 'title', 'placeholder']) said.push(element.getAttribute(name) ?? '');
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) said.push(node.textContent ?? '');
      }
    }
    return said.map((text) => text.trim()).filter((text) => text !== '');
  });
}

/** Elements that overflow their container or the window. */
async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide: string[] = [];
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > window.innerWidth) wide.push(`the page: ${scrollWidth}`);
    for (const element of document.querySelectorAll(
      'button, label, summary, legend, p, h2, dt, dd, li > a',
    )) {
      const { left, right, width } = element.getBoundingClientRect();
      const isShown = element.checkVisibility({ visibilityProperty: true }) && width > 1;
      // The text has marks in its margin, and long titles are truncated on purpose.
      if (element.closest('[data-section]') || getComputedStyle(element).textOverflow === 'ellipsis')
        continue;
      const isCut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1;
      if (isShown && (isCut || left < -1 || right > window.innerWidth + 1)) {
        wide.push(`${element.tagName} ${element.textContent?.slice(0, 60)}`);
      }
    }
    return wide;
  });
}

for (const locale of ['ru', 'ro']) {
  const names = ['annotation', 'image', 'common'];
  const texts = Object.fromEntries(names.map((name) => [name, catalogue(name, locale)]));
  /** English messages that differ in this language. */
  const english = new Set(
    names.flatMap((name) => {
      const own = new Set(Object.values(texts[name]!));
      return Object.values(catalogue(name, 'en')).filter((text) => !own.has(text));
    }),
  );
  const t = (name: string, key: string) => texts[name]![key]!;

  for (const [width, height] of [
    [390, 844],
    [1440, 900],
  ] as const) {
    test(`glosses and page images speak ${locale} and find room at ${width} pixels`, async ({ browser }) => {
      const context = await browser.newContext({ locale, viewport: { width, height } });
      await signIn(context, 'student1');
      const page = await context.newPage();
      const look = async () => {
        expect((await textsOf(page)).filter((text) => english.has(text))).toEqual([]);
        expect(await overflowing(page)).toEqual([]);
      };
      const press = (name: string, key: string) =>
        page
          .getByRole('button', { name: t(name, key), exact: true })
          .filter({ visible: true })
          .click();

      await page.goto(`/editions/gheorghiu-2009/doc1?group=${seminar}`);
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      // On a phone the number of a paragraph's notes leads to them.
      if (width === 390) await page.locator('[data-paragraph-link]').first().click();
      await page.locator('button[data-thread]').first().click();
      await expect(page.locator('[data-note]')).toBeVisible();
      await look();
      await press('annotation', 'reply');
      await expect(page.getByLabel(t('annotation', 'bodyLabel'))).toBeFocused();
      await look();

      await page.goto(`/editions/gheorghiu-2009/doc1?group=${seminar}&canvas=p125`);
      await expect(page.locator('.a9s-annotationlayer')).toBeVisible();
      await look();
      await press('image', 'help');
      await expect(page.getByRole('dialog', { name: t('image', 'help') })).toBeVisible();
      await look();
      await page.keyboard.press('Escape');
      await press('image', 'polygon');
      await expect(page.getByText(t('image', 'polygonHint'))).toBeVisible();
      await look();
      await press('image', 'keyboard');
      await expect(page.getByRole('application', { name: t('image', 'keyboardLabel') })).toBeFocused();
      await look();
      await context.close();
    });
  }
}
