import type { Page } from 'playwright-core';

/** Gives what reads how long a page's main thread has worked since, in milliseconds of its tasks. */
export async function startTaskClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
}
