import { readFile } from 'node:fs/promises';
import { type APIRequestContext, type Browser, expect } from '@playwright/test';
import { OUR_ORIGIN, uniqueName } from './own-seminar';
import { signIn } from './sign-in';

/** Publishes the first edition under another name, changed by `change`, as an administrator does. */
export async function publishAs(
  request: APIRequestContext,
  slug: string,
  change = (text: string) => text,
): Promise<void> {
  const source = await readFile('seed/gheorghiu-2009.xml', 'utf8');
  await publishSource(request, slug, change(source.replace('xml:id="gheorghiu-2009"', `xml:id="${slug}"`)));
}

/** Publishes a TEI text, as an administrator does. */
export async function publishSource(request: APIRequestContext, slug: string, source: string): Promise<void> {
  const taken = await request.put(`/api/v1/editions/${slug}/draft`, {
    data: source,
    headers: { ...OUR_ORIGIN, 'content-type': 'application/tei+xml' },
  });
  expect(taken.status()).toBe(200);
  const published = await request.post(`/api/v1/editions/${slug}/publication`, {
    data: {},
    headers: OUR_ORIGIN,
  });
  expect(published.status()).toBe(200);
}

/** An edition of one file of tests: the first once more, with the images of these of its pages. Gives its slug. */
export async function ownEdition(browser: Browser, file: string, pages: number[] = []): Promise<string> {
  const slug = uniqueName(file);
  const context = await browser.newContext();
  await signIn(context, 'admin');
  await publishAs(context.request, slug);
  for (const page of pages) await putPage(context.request, slug, page, await seedPage(page));
  await context.close();
  return slug;
}

/** The image of a page as it comes with the first edition. */
export const seedPage = (page: number) => readFile(`seed/pages/${page}.webp`);

/** Puts an image on the canvas of a page, as an administrator does. */
export async function putPage(
  request: APIRequestContext,
  edition: string,
  page: number,
  data: Buffer,
): Promise<void> {
  const query = new URLSearchParams({ id: `p${page}`, page: String(page), facsimile: 'false' });
  const put = await request.post(`/api/v1/editions/${edition}/canvases?${query}`, {
    data,
    headers: { ...OUR_ORIGIN, 'content-type': 'image/webp' },
  });
  expect(put.status()).toBe(201);
}
