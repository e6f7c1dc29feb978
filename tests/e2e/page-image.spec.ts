import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { ownSeminar, postGloss } from '../support/own-seminar';
import { onScreen, openImage, settled, watchFaults } from '../support/page-image';
import { signIn } from '../support/sign-in';

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'image');
});

const DOC1 = '/editions/gheorghiu-2009/doc1';

/** Addresses of the scripts that a page has loaded, and their size in kB as sent. */
async function scriptsOf(page: Page): Promise<{ names: string[]; kb: number }> {
  return page.evaluate(() => {
    const scripts = performance
      .getEntriesByType('resource')
      .filter((entry): entry is PerformanceResourceTiming => /\.js(\?|$)/.test(entry.name));
    return {
      names: scripts.map(({ name }) => name),
      kb: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1000,
    };
  });
}

test('nothing of the image is loaded until it is shown', async ({ page }) => {
  await page.goto(DOC1);
  await expect(page.getByRole('button', { name: 'Text and image' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  const before = await scriptsOf(page);
  await page.getByRole('button', { name: 'Text and image' }).click();
  await expect(page.locator('.openseadragon-canvas')).toBeVisible();
  await page.waitForLoadState('networkidle');
  const after = await scriptsOf(page);
  console.log(`scripts: ${before.kb.toFixed(0)} kB without the image, ${after.kb.toFixed(0)} kB with it`);
  const added = after.names.filter((name) => !before.names.includes(name));
  expect(added.length).toBeGreaterThan(0);
  const contents = await Promise.all(before.names.map(async (name) => (await page.request.get(name)).text()));
  expect(contents.filter((text) => /openseadragon|annotorious/i.test(text))).toEqual([]);
});

test('the image follows the text, and the text the image, into the next section', async ({ page }) => {
  const faults = watchFaults(page);
  await page.goto(DOC1);
  await page.getByRole('button', { name: 'Text and image' }).click();
  const pane = page.getByRole('region', { name: 'Page images' });
  await expect(pane.getByRole('heading')).toHaveText('Image of p. 125');
  await expect(pane.getByText('Re-set from the text, not a facsimile', { exact: true })).toBeVisible();

  await page.locator('#page126').evaluate((marker) => marker.scrollIntoView({ block: 'start' }));
  await expect(pane.getByRole('heading')).toHaveText('Image of p. 126');
  expect(new URL(page.url()).searchParams.get('canvas')).toBe('p126');

  await pane.getByRole('button', { name: 'Next image: p. 127' }).click();
  await expect(pane.getByRole('heading')).toHaveText('Image of p. 127');
  await expect(page.locator('#page127')).toBeInViewport();

  // Page 128 belongs to the next document: a link, with the image kept open.
  await pane.getByRole('link', { name: 'Next image: p. 128' }).click();
  await page.waitForURL(/\/doc2\?canvas=p128/);
  await expect(pane.getByRole('heading')).toHaveText('Image of p. 128');
  await expect(page.locator('#page128')).toBeInViewport();
  // The next document begins on this page, which its own text shows too.
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(pane.getByRole('heading')).toHaveText('Image of p. 127');

  // The chosen view holds on the next page, and on the next visit.
  await page.getByRole('button', { name: 'Image', exact: true }).click();
  await expect(page.locator('[data-section="doc2"]')).toBeHidden();
  await page.goto(DOC1);
  await expect(page.locator('.openseadragon-canvas')).toBeVisible();
  await expect(page.locator('[data-section="doc1"]')).toBeHidden();
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await expect(page.locator('[data-section="doc1"]')).toBeVisible();
  await expect(pane).toBeHidden();
  expect(new URL(page.url()).searchParams.get('canvas')).toBeNull();
  expect(faults).toEqual([]);
});

/** Rounded to a thousandth, without a negative zero. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000 || 0;
}

test('the image is zoomed, moved, turned and leafed by keys alone', async ({ context }) => {
  await signIn(context, 'student1');
  const page = await context.newPage();
  await openImage(page, 'doc1', { canvas: 'p125', group: seminar });
  const image = page.getByRole('application', { name: 'Image of p. 125' });
  const layer = page.locator('.a9s-annotationlayer > g');
  const read = async () => {
    await settled(page);
    const [, x, y, scale, turn] =
      /translate\((\S+), (\S+)\) scale\((\S+)[^)]*\) rotate\((\S+)\)/.exec(
        (await layer.getAttribute('transform')) ?? '',
      ) ?? [];
    const place = { x, y, scale: Number.parseFloat(scale ?? ''), turn };
    return Object.fromEntries(Object.entries(place).map(([name, value]) => [name, round(Number(value))]));
  };
  await image.focus();
  const whole = await read();
  await page.keyboard.press('+');
  const near = await read();
  expect(near.scale! / whole.scale!).toBeCloseTo(1.4, 1);
  await page.keyboard.press('ArrowDown');
  expect((await read()).y).toBeLessThan(near.y!);
  await page.keyboard.press('r');
  expect((await read()).turn).toBe(90);
  await page.keyboard.press('0');
  expect(await read()).toEqual(whole);
  await page.keyboard.press('PageDown');
  await expect(page.getByRole('application', { name: 'Image of p. 126' })).toBeFocused();
});

test('on the whole screen the image is steered by its keys, and what lies on it is opened', async ({
  context,
}) => {
  await signIn(context, 'student1');
  const page = await context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  const region = { x: 300, y: 300, w: 600, h: 400 };
  const id = await postGloss(page.request, seminar, { canvas: 'p127', region }, 'Seen on the whole screen.');
  await openImage(page, 'doc1', { canvas: 'p127', group: seminar });
  const whole = page.getByRole('button', { name: 'Full screen' });
  const image = page.getByRole('application', { name: 'Image of p. 127' });
  const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
  const scale = async () => {
    await settled(page);
    const transform = await page.locator('.a9s-annotationlayer > g').getAttribute('transform');
    return Number(/scale\(([\d.]+)/.exec(transform ?? '')?.[1]);
  };

  await whole.focus();
  await page.keyboard.press('Enter');
  await expect(whole).toHaveAttribute('aria-pressed', 'true');
  expect(await isFull()).toBe(true);
  await expect.poll(async () => (await image.boundingBox())?.width).toBeGreaterThan(1300);
  await image.focus();
  const fitted = await scale();
  await page.keyboard.press('+');
  expect(await scale()).toBeGreaterThan(fitted * 1.2);
  await page.keyboard.press('0');
  expect(await scale()).toBeCloseTo(fitted, 3);
  // By the button, because the browser handles Escape itself, and a headless one does not.
  await whole.press('Enter');
  await expect(whole).toHaveAttribute('aria-pressed', 'false');
  expect(await isFull()).toBe(false);

  // Threads are beside the image, so opening one leaves full screen.
  await whole.click();
  await expect(whole).toHaveAttribute('aria-pressed', 'true');
  await settled(page);
  const there = await onScreen(page, region);
  await page.mouse.click(there.x + there.w / 2, there.y + there.h / 2);
  await expect(page.locator(`section[data-thread="${id}"]`)).toContainText('Seen on the whole screen.');
  await expect(whole).toHaveAttribute('aria-pressed', 'false');
  expect(await isFull()).toBe(false);
});

test('a page without its image says so, and one that cannot be loaded can be tried again', async ({
  page,
}) => {
  let fails = true;
  await page.route('**/iiif/images/**', (route) => (fails ? route.abort() : route.continue()));
  await page.goto(`${DOC1}?canvas=p126`);
  const pane = page.getByRole('region', { name: 'Page images' });
  await expect(pane.getByRole('alert')).toContainText('This image could not be loaded.');
  fails = false;
  await pane.getByRole('button', { name: 'Try again' }).click();
  await expect(pane.getByRole('alert')).toBeHidden();

  await page.route('**/canvases', async (route) => {
    const answer = await (await route.fetch()).json();
    await route.fulfill({ json: { items: answer.items.filter(({ id }: { id: string }) => id !== 'p126') } });
  });
  await page.goto(DOC1);
  await page.getByRole('button', { name: 'Text and image' }).click();
  await expect(pane.getByRole('heading')).toHaveText('Image of p. 125');
  await page.locator('#page126').evaluate((marker) => marker.scrollIntoView({ block: 'start' }));
  await expect(pane.getByText('There is no image of page 126.')).toBeVisible();
});

for (const width of [1440, 390]) {
  test(`nothing is wrong for assistive technology at ${width} px, and nothing against the policy`, async ({
    context,
  }) => {
    await signIn(context, 'student1');
    const page = await context.newPage();
    await page.setViewportSize({ width, height: width > 1000 ? 900 : 844 });
    const region = { x: 200, y: 300, w: 400, h: 120 };
    await postGloss(page.request, seminar, { canvas: 'p126', region }, 'To be looked at.');
    const faults = watchFaults(page);
    await openImage(page, 'doc1', { canvas: 'p126', group: seminar });
    for (const name of [
      null,
      'Help for the image',
      'All page images',
      'Draw a polygon',
      'Draw by keyboard',
    ]) {
      if (name) await page.getByRole('button', { name }).click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      if (name) await page.keyboard.press('Escape');
    }
    expect(faults).toEqual([]);
  });
}
