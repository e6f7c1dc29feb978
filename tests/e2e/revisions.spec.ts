import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { ownEdition, publishAs } from '../support/own-edition';
import { signIn } from '../support/sign-in';
import { waitForHydration } from '../support/wait-for-hydration';

test('an earlier revision stays readable, and says that it is one', async ({
  browser,
  context,
  request,
  page: tab,
}) => {
  const slug = await ownEdition(browser, 'revised');
  const page = `/editions/${slug}/doc1`;
  await signIn(context, 'admin');
  const first = await (await request.get(`/api/v1/editions/${slug}`)).json();
  await publishAs(context.request, slug, (text) => text.replace('Уважаемые товарищи', 'Уважаемые друзья'));
  const { revision } = await (await request.get(`/api/v1/editions/${slug}`)).json();
  expect(revision).toBe(first.revision + 1);

  const [plain, named] = [await request.get(page), await request.get(`${page}?revision=${revision}`)];
  expect(await named.text()).toBe(await plain.text());
  expect(await plain.text()).not.toContain('noindex');
  for (const wrong of [revision + 1, 0, 'x', '1x', '-1']) {
    expect((await request.get(`${page}?revision=${wrong}`)).status(), String(wrong)).toBe(404);
  }

  for (const _ of ['made', 'from memory']) {
    await tab.goto(`${page}?revision=${first.revision}`);
    await expect(tab.locator('[data-section="doc1"]')).toContainText('Уважаемые товарищи');
    await expect(tab.locator('meta[name="robots"]')).toHaveAttribute('content', /noindex/);
    await expect(tab.locator('#glossing')).toBeEmpty();
  }
  await tab.locator(`main a[href="${page}"], .notice a[href="${page}"], a[href="${page}"]`).first().click();
  await expect(tab.locator('[data-section="doc1"]')).toContainText('Уважаемые друзья');
});

test('an administrator sees what a draft would change, and what is wrong with a file', async ({
  browser,
  context,
  page: tab,
}) => {
  const slug = await ownEdition(browser, 'drafted');
  const seed = await readFile('seed/gheorghiu-2009.xml', 'utf8');
  const source = seed.replace('xml:id="gheorghiu-2009"', `xml:id="${slug}"`);
  await signIn(context, 'admin');
  await tab.goto(`/admin/editions/${slug}`);
  await waitForHydration(tab);
  const send = async (text: string) => {
    await tab.getByLabel(/Choose a file/).setInputFiles({
      name: 'edition.xml',
      mimeType: 'application/xml',
      buffer: Buffer.from(text),
    });
    await tab.getByRole('button', { name: 'Upload the corrected file' }).click();
  };
  await send(source.replace('</body>', ''));
  await expect(tab.locator('main [role="alert"]').filter({ hasText: /\S/ })).toContainText(/\d+:\d+/);
  await send(source.replace('нездоровой шумихи', 'нездоровой возни'));
  await expect(tab.getByRole('button', { name: 'Publish …' })).toBeVisible();
  // A file that equals the published revision makes no draft.
  await send(source);
  await expect(tab.getByText('There is no draft.')).toBeVisible();
});

test('an address leads where it should, or nowhere', async ({ request }) => {
  const open = (path: string) => request.get(path, { maxRedirects: 0 });
  for (const path of [
    '/editions/gheorghiu-2009/',
    '/editions/gheorghiu-2009/doc1/',
    '/editions/gheorghiu-2009/doc1//',
  ]) {
    const moved = await open(`${path}?group=x`);
    expect(moved.status(), path).toBe(308);
    expect(moved.headers().location).toBe(`${path.replace(/\/+$/, '')}?group=x`);
  }
  for (const path of [
    '/editions/%E0%A4%A',
    '/editions/gheorghiu-2009/%',
    '/%ff',
    '/editions/%E0%A4%A/',
    '/editions/%00/doc1',
    '/groups/%00',
  ]) {
    expect((await open(path)).status(), path).toBe(404);
  }
  for (const _ of ['first', 'again']) {
    const note = await open('/editions/gheorghiu-2009/article.n5');
    expect(note.status()).toBe(307);
    expect(note.headers().location).toBe('/editions/gheorghiu-2009/article#article.n5');
  }
});
