import { expect, type Page, test } from '@playwright/test';
import { ownSeminar, postGloss } from '../support/own-seminar';
import { endsOf, readSection } from '../support/reading-page';
import { signIn } from '../support/sign-in';

// What React renders after an interaction, counted through the hook that React has for its developer tools.

declare global {
  interface Window {
    /** Number of components that were rendered since it was last set to 0. */
    rendered: number;
  }
}

/** Counts from now on how many components each commit has rendered. */
async function countRenderings(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Fiber {
      tag: number;
      flags: number;
      child: Fiber | null;
      sibling: Fiber | null;
      alternate: Fiber | null;
    }
    /** Function components, those with a ref, and memoised ones. */
    const COMPONENTS = [0, 11, 14, 15];
    const PERFORMED_WORK = 1;
    function count(fiber: Fiber, before: Fiber | null): void {
      // React keeps the fiber of an unchanged subtree.
      if (fiber === before) return;
      if (COMPONENTS.includes(fiber.tag) && (fiber.flags & PERFORMED_WORK) !== 0) window.rendered++;
      if (fiber.child === before?.child) return;
      for (let child = fiber.child; child; child = child.sibling) count(child, child.alternate);
    }
    window.rendered = 0;
    Object.assign(window, {
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject: () => 1,
        onCommitFiberUnmount() {},
        onPostCommitFiberRoot() {},
        onCommitFiberRoot: (_: number, { current }: { current: Fiber }) => count(current, current.alternate),
      },
    });
  });
}

const renderedBy = async (page: Page, act: () => Promise<void>): Promise<number> => {
  await page.evaluate(() => {
    window.rendered = 0;
  });
  await act();
  return page.evaluate(() => window.rendered);
};

test('hovering over a gloss renders nothing but the count under the pointer', async ({
  browser,
  context,
}) => {
  const seminar = await ownSeminar(browser, 'rendering');
  await signIn(context, 'student1');
  const page = await context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await countRenderings(page);
  const [words, body] = ['нездоровой шумихи', 'Rendered once.'];
  await postGloss(page.request, seminar, { section: 'doc1', exact: words }, body);
  await readSection(page, 'doc1', `?group=${seminar}`);
  const card = page.getByRole('button', { name: new RegExp(body) });
  await expect(card).toBeVisible();
  await page.waitForLoadState('networkidle');

  const [from, to] = await endsOf(page, 'doc1', words);
  const count = page.locator('[aria-hidden="true"]', { hasText: '1 note' });
  // Scrolling to the words may render other cards, which must be done before anything is counted.
  await page.mouse.move(from.x, from.y - 200);
  await expect(count).toBeHidden();
  await expect
    .poll(() =>
      renderedBy(page, () =>
        page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))),
      ),
    )
    .toBe(0);

  const shown = await renderedBy(page, async () => {
    await page.mouse.move(from.x, from.y);
    await expect(count).toBeVisible();
  });
  expect(shown).toBe(1);
  const moved = await renderedBy(page, async () => {
    const before = await count.boundingBox();
    await page.mouse.move(to.x, to.y);
    await expect.poll(async () => (await count.boundingBox())?.x).not.toBe(before?.x);
  });
  expect(moved).toBe(1);

  // The counter works: opening a thread renders more than a few components.
  const opened = await renderedBy(page, async () => {
    await card.click();
    await expect(page.locator('[data-note]')).toBeVisible();
  });
  expect(opened).toBeGreaterThan(5);
});
