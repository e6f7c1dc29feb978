import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Units of the first edition's canvases. */
export const CANVAS = { width: 1247, height: 1772 };

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Opens a section with the image of a page beside it, and waits until it can be drawn on. */
export async function openImage(
  page: Page,
  section: string,
  query: { canvas: string; group: string; annotation?: string },
  edition = 'gheorghiu-2009',
): Promise<void> {
  await page.goto(`/editions/${edition}/${section}?${new URLSearchParams(query)}`);
  await expect(page.locator('.a9s-annotationlayer')).toBeVisible();
  await settled(page);
}

/** Frames of a movement in which nothing moves any more. */
const REST = 5;

/** Waits until the image has come to rest: some frames with the same place for all that lies on it. */
export async function settled(page: Page): Promise<void> {
  const layer = page.locator('.a9s-annotationlayer > g[transform]');
  await layer.evaluate(
    (element, rest) =>
      new Promise<void>((done) => {
        let before: string | null = null;
        let same = 0;
        const look = () => {
          const now = element.getAttribute('transform');
          same = now === before ? same + 1 : 0;
          before = now;
          if (same >= rest) done();
          else requestAnimationFrame(look);
        };
        look();
      }),
    REST,
  );
}

/**
 * Where a part of the canvas is on the screen, while the whole image is shown: fitted into the middle of its place.
 * Reckoned here and not asked of what draws.
 */
export async function onScreen(page: Page, { x, y, w, h }: Box, canvas = CANVAS): Promise<Box> {
  const { left, top, scale } = await fit(page, canvas);
  return { x: left + x * scale, y: top + y * scale, w: w * scale, h: h * scale };
}

/** The part of the canvas that something lies on, while the whole image is shown. */
export async function onCanvas(page: Page, shape: Locator): Promise<Box> {
  const { left, top, scale } = await fit(page, CANVAS);
  const box = await shape.evaluate((element) => {
    // Without the line around it.
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  });
  return {
    x: (box.x - left) / scale,
    y: (box.y - top) / scale,
    w: box.width / scale,
    h: box.height / scale,
  };
}

async function fit(page: Page, canvas: typeof CANVAS): Promise<{ left: number; top: number; scale: number }> {
  const { x, y, width, height } = (await page.locator('.openseadragon-canvas').boundingBox())!;
  const scale = Math.min(width / canvas.width, height / canvas.height);
  return {
    left: x + (width - canvas.width * scale) / 2,
    top: y + (height - canvas.height * scale) / 2,
    scale,
  };
}

/** Whether two parts of a canvas are the same but for a pixel of the screen or so. */
export function expectSame(one: Box, other: Box, tolerance = 4): void {
  for (const side of ['x', 'y', 'w', 'h'] as const) {
    expect(Math.abs(one[side] - other[side]), `${side}: ${one[side]} and ${other[side]}`).toBeLessThan(
      tolerance,
    );
  }
}

/** Writes what is to be said of a region, and gives the gloss as the API has it. */
export async function writeGloss(
  page: Page,
  words: string,
): Promise<{ id: string; region: Box & { svg: string | null } }> {
  await page.getByLabel('Your text').fill(words);
  const saved = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().endsWith('/annotations'),
  );
  await page.getByLabel('Your text').press('Control+Enter');
  const response = await saved;
  expect(response.status()).toBe(201);
  return response.json();
}

/** What the page's policy stopped and what failed in it, from now on. */
export function watchFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|violates/i.test(message.text())) faults.push(message.text());
  });
  return faults;
}
