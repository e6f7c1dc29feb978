import type { Page } from '@playwright/test';

/** Waits until the page's buttons do something: React has taken over what the server sent. */
export async function waitForHydration(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const button = document.querySelector('main button');
    return button && Object.keys(button).some((key) => key.startsWith('__reactProps'));
  });
}
