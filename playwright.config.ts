import { defineConfig } from '@playwright/test';
import { browserOptions } from './tests/support/browser';

/** Browser tests against the real server, which scripts/test.mjs has started at BASE_URL. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: 2,
  // For what hangs: a busy machine may be several times as slow as a quiet one.
  timeout: 150_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: process.env.BASE_URL ?? 'http://localhost:3000',
    locale: 'en-GB',
    launchOptions: await browserOptions(),
    screenshot: 'only-on-failure',
    // A trace of every test takes as long as the test: `TRACE=1`, then `npx playwright show-trace test-results/…/trace.zip`.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
  },
});
