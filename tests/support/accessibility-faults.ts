import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds by colours; everything else is the same in every look. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const LOOKS = [
  { look: 'light', colorScheme: 'light', forcedColors: 'none' },
  { look: 'dark', colorScheme: 'dark', forcedColors: 'none' },
  { look: 'forced colours', colorScheme: 'light', forcedColors: 'active' },
] as const;

/**
 * What stands in somebody's way in a state of a page: all that axe finds in the light, what it finds by colours in the
 * dark and in forced colours, and whether the page goes sideways. Afterwards the page is light. Where the rest of the page
 * is as it was in a state before, the colours are looked at `within` a selector alone.
 */
export async function accessibilityFaults(page: Page, state: string, within?: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { look, ...media } of LOOKS) {
    await page.emulateMedia(media);
    await endTransitions(page);
    const axe = new AxeBuilder({ page });
    if (look !== 'light') axe.withRules(COLOUR_RULES);
    if (look !== 'light' && within) axe.include(within);
    const { violations } = await axe.analyze();
    for (const { id, nodes } of violations)
      faults.push(`${state}, ${look}: ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
  }
  await page.emulateMedia(LOOKS[0]);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (excess > 0) faults.push(`${state}: ${excess} pixels too wide`);
  return faults;
}

/** A colour that is on its way to another has the contrast of neither. */
async function endTransitions(page: Page): Promise<void> {
  await page.evaluate(() => {
    // Those of what is not shown would never end by themselves.
    for (const animation of document.getAnimations())
      if (animation instanceof CSSTransition) animation.finish();
  });
}
