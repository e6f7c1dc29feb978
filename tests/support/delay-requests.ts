import { expect, type Page, type Route } from '@playwright/test';

export const SCRIPTS = '**/_next/static/**/*.js';

/** Holds back what is asked for at some addresses from now on, until it is let go; or cuts it off, until then. */
export async function delayRequests(page: Page, url: string, method = 'GET') {
  const held: Route[] = [];
  let line: 'slow' | 'cut' | 'good' = 'slow';
  await page.route(url, async (route) => {
    if (line === 'good' || route.request().method() !== method) await route.fallback();
    else if (line === 'cut') await route.abort();
    else held.push(route);
  });
  return {
    /** How many are held. */
    count: () => held.length,
    asked: () => expect.poll(() => held.length).toBeGreaterThan(0),
    async letGo() {
      line = 'good';
      await Promise.all(held.splice(0).map((route) => route.continue()));
    },
    async cutOff() {
      line = 'cut';
      await Promise.all(held.splice(0).map((route) => route.abort()));
    },
  };
}
