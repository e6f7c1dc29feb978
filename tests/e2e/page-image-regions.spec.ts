import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { delayRequests, SCRIPTS } from '../support/delay-requests';
import { ownEdition, putPage, seedPage } from '../support/own-edition';
import { OUR_ORIGIN, ownSeminar, postGloss } from '../support/own-seminar';
import {
  expectSame,
  onCanvas,
  onScreen,
  openImage,
  settled,
  watchFaults,
  writeGloss,
} from '../support/page-image';
import { loadPosition, selectByMouse } from '../support/reading-page';
import { signIn } from '../support/sign-in';

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'regions');
});

/** Words of page 126 that no other test uses. */
const WORDS = 'Занять позицию стороннего наблюдателя';
const HEADING = { x: 330, y: 140, w: 580, h: 90 };

async function pageOf(context: BrowserContext, account: string): Promise<Page> {
  await signIn(context, account);
  return context.newPage();
}

function shapeOf(page: Page, id: string) {
  return page.locator(`.a9s-annotation[data-id="${id}"] .a9s-inner`);
}

test('a rectangle drawn by mouse is glossed, answered and hidden, and stands there at another size', async ({
  browser,
}) => {
  const student = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await pageOf(student, 'student1');
  const faults = watchFaults(page);
  await openImage(page, 'doc1', { canvas: 'p125', group: seminar });
  await page.getByRole('button', { name: 'Draw a rectangle' }).click();
  await settled(page);
  const to = await onScreen(page, HEADING);
  await page.mouse.move(to.x, to.y);
  await page.mouse.down();
  await page.mouse.move(to.x + to.w, to.y + to.h, { steps: 8 });
  await page.mouse.up();
  const { id, region } = await writeGloss(page, 'The heading, as it was typed.');
  expectSame(region, HEADING);
  const thread = page.locator(`section[data-thread="${id}"]`);
  await expect(thread).toBeVisible();
  const picture = thread.getByRole('img', { name: 'Part of the image of p. 125' });
  await expect(picture).toBeVisible();
  const source = await picture.locator('image').getAttribute('href');
  expect((await page.request.get(source ?? '')).headers()['content-type']).toBe('image/jpeg');
  expect(faults).toEqual([]);

  // Another student finds it in the list, and answers.
  const other = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const reader = await pageOf(other, 'student2');
  await openImage(reader, 'doc1', { canvas: 'p125', group: seminar });
  await reader.locator(`button[data-region="${id}"]`).click();
  const opened = reader.locator(`section[data-thread="${id}"]`);
  await opened.getByRole('button', { name: 'Reply' }).click();
  await reader.getByLabel('Your text').fill('In capitals.');
  await reader.getByLabel('Your text').press('Control+Enter');
  await expect(opened.getByText('In capitals.')).toBeVisible();

  // In a window of another size the region is at the same position of the page.
  await page.setViewportSize({ width: 1100, height: 700 });
  await page.goto(`/editions/gheorghiu-2009/doc1?group=${seminar}&canvas=p125`);
  await expect(shapeOf(page, id)).toBeVisible();
  await settled(page);
  expectSame(await onCanvas(page, shapeOf(page, id)), region, 6);

  // A click on the region opens its thread.
  const there = await onScreen(page, region);
  await page.mouse.click(there.x + there.w / 2, there.y + there.h / 2);
  await expect(page.locator(`section[data-thread="${id}"]`)).toContainText('In capitals.');

  // Once the instructor has hidden it, others see a tombstone.
  const staff = await browser.newContext();
  await signIn(staff, 'instructor');
  const note = await (await staff.request.get(`/api/v1/annotations/${id}`)).json();
  const hidden = await staff.request.post(`/api/v1/annotations/${id}/moderation`, {
    data: { action: 'hide', reason: 'Not of the letter.', version: note.version },
    headers: OUR_ORIGIN,
  });
  expect(hidden.status()).toBe(200);
  await reader.reload();
  await expect(reader.locator(`button[data-region="${id}"]`)).toContainText('This note is not shown.');
  await reader.locator(`button[data-region="${id}"]`).click();
  await expect(opened).toContainText('This note is not shown.');
  await expect(opened).not.toContainText('as it was typed');

  const restored = await staff.request.post(`/api/v1/annotations/${id}/moderation`, {
    data: { action: 'restore', reason: 'It is of the letter.', version: (await hidden.json()).version },
    headers: OUR_ORIGIN,
  });
  expect(restored.status()).toBe(200);
  await Promise.all([student, other, staff].map((context) => context.close()));
});

test('a finger draws where two fingers zoom', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await pageOf(context, 'student3');
  const faults = watchFaults(page);
  await openImage(page, 'doc1', { canvas: 'p126', group: seminar });
  await page.getByRole('button', { name: 'Draw a rectangle' }).tap();
  await page.locator('.openseadragon-canvas').evaluate((element) => element.scrollIntoView({ block: 'end' }));
  await settled(page);
  const client = await context.newCDPSession(page);
  const touch = (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    ...touchPoints: { x: number; y: number; id: number }[]
  ) => client.send('Input.dispatchTouchEvent', { type, touchPoints });

  // Two fingers zoom while the drawing tool is on, and draw nothing.
  const scale = async () =>
    Number(
      /scale\(([\d.]+)/.exec(
        (await page.locator('.a9s-annotationlayer > g').getAttribute('transform')) ?? '',
      )?.[1],
    );
  const whole = await scale();
  const wanted = { x: 300, y: 500, w: 500, h: 260 };
  const middle = await onScreen(page, { x: 620, y: 700, w: 1, h: 1 });
  await touch('touchStart', { x: middle.x - 20, y: middle.y, id: 0 });
  await touch(
    'touchStart',
    { x: middle.x - 20, y: middle.y, id: 0 },
    { x: middle.x + 20, y: middle.y, id: 1 },
  );
  for (let i = 1; i <= 6; i++) {
    await touch(
      'touchMove',
      { x: middle.x - 20 - 8 * i, y: middle.y, id: 0 },
      { x: middle.x + 20 + 8 * i, y: middle.y, id: 1 },
    );
  }
  await touch('touchEnd');
  await settled(page);
  expect(await scale()).toBeGreaterThan(whole * 2);
  await expect(page.getByLabel('Your text')).toBeHidden();
  await page.getByRole('button', { name: 'Whole page' }).tap();
  await page.locator('.openseadragon-canvas').evaluate((element) => element.scrollIntoView({ block: 'end' }));
  await settled(page);

  const from = await onScreen(page, wanted);
  await touch('touchStart', { x: from.x, y: from.y, id: 0 });
  for (let i = 1; i <= 8; i++) {
    await touch('touchMove', { x: from.x + (from.w * i) / 8, y: from.y + (from.h * i) / 8, id: 0 });
  }
  await touch('touchEnd');
  const { id, region } = await writeGloss(page, 'Drawn with a finger.');
  expectSame(region, wanted, 8);
  await expect(page.locator(`section[data-thread="${id}"]`)).toContainText('Drawn with a finger.');
  expect(faults).toEqual([]);
  await context.close();
});

test('a rectangle is made, moved, sized and glossed by keyboard, its numbers spoken', async ({ context }) => {
  const page = await pageOf(context, 'student2');
  await openImage(page, 'doc1', { canvas: 'p127', group: seminar });
  await page.getByRole('application', { name: 'Image of p. 127' }).focus();
  await page.keyboard.press('n');
  const panel = page.getByRole('application', { name: 'Region by keyboard' });
  await expect(panel).toBeFocused();
  const numbers = async () => {
    const spoken = await panel.getByRole('status').textContent();
    const [x, y, w, h] = (spoken ?? '').match(/\d+/g)!.map(Number);
    return { x: x!, y: y!, w: w!, h: h! };
  };
  const first = await numbers();
  await page.keyboard.press('Control+ArrowLeft');
  expect(await numbers()).toEqual({ ...first, x: first.x - 1 });
  await page.keyboard.press('ArrowUp');
  const moved = await numbers();
  expect(moved.y).toBeLessThan(first.y - 5);
  await page.keyboard.press('Shift+ArrowRight');
  expect((await numbers()).w).toBeGreaterThan(first.w + 5);
  // Typed numbers count too.
  await page.keyboard.press('Tab');
  await page.keyboard.type('200');
  await expect(page.getByRole('spinbutton', { name: 'Left' })).toHaveValue(/200$/);
  await page.getByRole('spinbutton', { name: 'Left' }).fill('200');
  const typed = await numbers();
  expect(typed.x).toBe(200);
  await panel.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Your text')).toBeFocused();
  const { id, region } = await writeGloss(page, 'Made without a mouse.');
  expect(region).toEqual({ ...typed, svg: null });

  // The region can be reached without a mouse, and Escape cancels a new one.
  await page.reload();
  const listed = page.locator(`button[data-region="${id}"]`);
  await listed.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator(`section[data-thread="${id}"]`)).toContainText('Made without a mouse.');
  await page.getByRole('application', { name: 'Image of p. 127' }).focus();
  await page.keyboard.press('n');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page.getByRole('application', { name: 'Image of p. 127' })).toBeFocused();
});

test('a polygon keeps its corners, survives a reload as a draft, takes a passage, and is found by its address', async ({
  context,
}) => {
  const page = await pageOf(context, 'student3');
  await page.setViewportSize({ width: 1440, height: 900 });
  await openImage(page, 'doc1', { canvas: 'p126', group: seminar });
  await page.getByRole('button', { name: 'Draw a polygon' }).click();
  await settled(page);
  const corners = [
    [200, 1200],
    [700, 1150],
    [800, 1400],
    [300, 1450],
  ] as const;
  for (const [x, y] of corners) {
    const at = await onScreen(page, { x, y, w: 1, h: 1 });
    await page.mouse.move(at.x, at.y, { steps: 3 });
    await page.mouse.click(at.x, at.y);
  }
  await page.getByRole('button', { name: 'Close the shape' }).click();
  await page.getByLabel('Your text').fill('A crooked part.');
  await page.reload();
  await expect(page.getByLabel('Your text')).toHaveValue('A crooked part.');
  // With its handles, because for a moment Annotorious also has the shape without them.
  await expect(page.locator('.a9s-annotation.editable[data-id="draft"]')).toBeVisible();

  await loadPosition(page);
  await selectByMouse(page, 'doc1', WORDS);
  await page.getByRole('button', { name: 'Add to this note' }).click();
  const { id, region } = await writeGloss(page, 'A crooked part.');
  const points = region.svg!.match(/[\d.]+,[\d.]+/g)!.map((pair) => pair.split(',').map(Number));
  expect(points).toHaveLength(4);
  for (const [i, [x, y]] of points.entries()) {
    expect(Math.hypot(x! - corners[i]![0], y! - corners[i]![1])).toBeLessThan(6);
  }
  const saved = await (await page.request.get(`/api/v1/annotations/${id}`)).json();
  expect(saved.passages.map(({ exact }: { exact: string }) => exact)).toEqual([WORDS]);

  // Its card is beside the words, and leads to the image.
  const thread = page.locator(`section[data-thread="${id}"]`);
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await thread.getByRole('button', { name: 'Image of p. 126' }).click();
  await expect(shapeOf(page, id)).toBeVisible();
});

test('the address of a gloss on an image opens that image with its thread', async ({ context }) => {
  const page = await pageOf(context, 'student1');
  const region = { x: 100, y: 200, w: 300, h: 150 };
  const place = { canvas: 'p128', region };
  const id = await postGloss(page.request, seminar, place, 'At the head of the last page.');
  await page.goto(`/annotations/${id}`);
  await expect(page.locator(`section[data-thread="${id}"]`)).toContainText('At the head of the last page.');
  await expect(page.getByRole('application', { name: 'Image of p. 128' })).toBeVisible();
  await expect(shapeOf(page, id)).toBeVisible();
});

test('what was drawn on an earlier scan is told apart, and its author draws it anew', async ({ browser }) => {
  const edition = await ownEdition(browser, 'earlier-scan', [124]);
  const admin = await browser.newContext();
  await signIn(admin, 'admin');
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await pageOf(context, 'student1');
  const place = { edition, canvas: 'p124', region: { x: 200, y: 300, w: 400, h: 120 } };
  const id = await postGloss(page.request, seminar, place, 'On the earlier scan.');
  await putPage(
    admin.request,
    edition,
    124,
    await sharp(await seedPage(124))
      .negate()
      .webp()
      .toBuffer(),
  );

  await openImage(page, 'article', { canvas: 'p124', group: seminar, annotation: id }, edition);
  const listed = page.locator(`button[data-region="${id}"]`);
  await expect(listed).toContainText('drawn on an earlier image');
  await expect(page.locator(`.a9s-annotation.region-orphaned[data-id="${id}"]`)).toBeVisible();
  const thread = page.locator(`section[data-thread="${id}"]`);
  await expect(thread).toContainText('It was drawn on an earlier image of p. 124.');

  // The move bar's content is loaded late, and must not take the focus from where it is by then.
  const scripts = await delayRequests(page, SCRIPTS);
  await thread.getByRole('button', { name: 'Draw it on the present image' }).click();
  const image = page.getByRole('application', { name: 'Image of p. 124' });
  // The image stays while one draws on it, though another page of the text is read, which has none.
  await page.evaluate(async () => {
    for (const top of [document.body.scrollHeight, 0]) {
      window.scrollTo({ top, behavior: 'instant' });
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
  });
  await image.focus();
  await scripts.asked();
  await scripts.letGo();
  await expect(page.getByText('Draw on the image what the note by', { exact: false })).toBeVisible();
  await expect(image).toBeFocused();
  await page.keyboard.press('n');
  await expect(page.getByRole('application', { name: 'Region by keyboard' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(listed).not.toContainText('drawn on an earlier image');
  await expect(thread.getByRole('img', { name: 'Part of the image of p. 124' })).toBeVisible();
  const { regions } = await (await page.request.get(`/api/v1/annotations/${id}`)).json();
  expect(regions.map(({ anchor }: { anchor: string }) => anchor)).toEqual(['exact']);
  await Promise.all([admin, context].map((each) => each.close()));
});
