import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import type * as Position from '@/app/reader/text/text-position';

declare global {
  interface Window {
    position: typeof Position;
  }
}

let bundled: Promise<string> | undefined;

/** Gives the page the module that the glossing layer maps positions with, as `window.position`. */
export async function loadPosition(page: Page): Promise<void> {
  bundled ??= build({
    entryPoints: ['app/reader/text/text-position.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'position',
    alias: { '@': process.cwd() },
  }).then(({ outputFiles }) => outputFiles[0]!.text);
  await page.evaluate(`${await bundled}; window.position = position;`);
}

/** Opens a section with `query` and waits until the notes are there. */
export async function readSection(page: Page, section: string, query = ''): Promise<void> {
  const notes = page.waitForResponse((response) => response.url().includes('/outline?'));
  await page.goto(`/editions/gheorghiu-2009/${section}${query}`);
  await notes;
  await loadPosition(page);
}

/** The middle of the first and of the last character of `words` where they first stand in a section. */
export async function endsOf(page: Page, section: string, words: string): Promise<[Point, Point]> {
  return page.evaluate(
    async ([section, words]) => {
      // Letters that come later move what is beside them.
      await document.fonts.ready;
      const root = document.querySelector(`[data-section="${section}"]`)!;
      const text = window.position.textOf(root);
      const start = [...text.slice(0, text.indexOf(words!))].length;
      const end = start + [...words!].length;
      window.position
        .rangeOf(root, start, end)
        ?.startContainer.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
      const first = window.position.rangeOf(root, start, start + 1)!.getBoundingClientRect();
      const last = window.position.rangeOf(root, end - 1, end)!.getBoundingClientRect();
      return [
        { x: first.left + 1, y: first.top + first.height / 2 },
        { x: last.right - 1, y: last.top + last.height / 2 },
      ] as [Point, Point];
    },
    [section, words],
  );
}

type Point = { x: number; y: number };

/** Selects words as a hand does: press, draw, let go. */
export async function selectByMouse(page: Page, section: string, words: string): Promise<void> {
  const [from, to] = await endsOf(page, section, words);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

/** A section's text as the page shows it: its blocks without what is apparatus, one to a line. */
export async function shownText(page: Page, section: string): Promise<string> {
  return page.evaluate((section) => {
    const root = document.querySelector(`[data-section="${section}"]`)!.cloneNode(true) as Element;
    for (const element of root.querySelectorAll('[data-apparatus]')) element.remove();
    return [...root.querySelectorAll('[data-start]')].map((block) => block.textContent).join('\n');
  }, section);
}
