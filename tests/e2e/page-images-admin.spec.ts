import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { ownEdition } from '../support/own-edition';
import { signIn } from '../support/sign-in';
import { waitForHydration } from '../support/wait-for-hydration';

const scan = async (tone: number) => ({
  mimeType: 'image/png',
  buffer: await sharp({
    create: { width: 300, height: 400, channels: 3, background: { r: tone, g: tone, b: tone } },
  })
    .png()
    .toBuffer(),
});

/** The labels of the page images, in order. */
const labels = (page: Page) =>
  page
    .getByRole('listitem')
    .getByLabel('Label')
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));

let edition: string;
test.beforeAll(async ({ browser }) => {
  edition = await ownEdition(browser, 'scanned', [128]);
});

test('an administrator puts scans, names them, orders them and takes them away', async ({
  page,
  context,
}) => {
  await signIn(context, 'admin');
  await page.goto(`/admin/editions/${edition}`);
  await waitForHydration(page);
  await expect(page.getByRole('heading', { name: 'Page images' })).toBeVisible();
  expect(await labels(page)).toEqual(['p. 128']);

  // Two are uploaded; the third, which is no image, is reported.
  await page.getByLabel('Scans (JPEG, PNG, TIFF, WebP)').setInputFiles([
    { name: 'flyleaf.png', ...(await scan(200)) },
    { name: 'endpaper.png', ...(await scan(190)) },
    { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') },
  ]);
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page.getByText('broken.png')).toBeVisible();
  await expect.poll(() => labels(page)).toEqual(['p. 128', 'p. flyleaf', 'p. endpaper']);

  const named = (label: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('button', { name: `Move up: ${label}` }) });
  await expect(
    named('p. endpaper').getByText('No page break of this number stands in the text.'),
  ).toBeVisible();
  await named('p. endpaper').getByLabel('Printed page').fill('');
  await named('p. endpaper').getByLabel('Label').fill('Endpaper');
  await named('p. endpaper').getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => labels(page)).toEqual(['p. 128', 'p. flyleaf', 'Endpaper']);
  await named('Endpaper').getByRole('button', { name: 'Move up' }).click();
  await expect.poll(() => labels(page)).toEqual(['p. 128', 'Endpaper', 'p. flyleaf']);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  for (const label of ['Endpaper', 'p. flyleaf']) {
    await named(label).getByRole('button', { name: 'Remove…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove image' }).click();
    await expect(named(label)).toHaveCount(0);
  }

  // A host that the operator has not allowed; the address stays in its field.
  const address = page.getByLabel('Address of the manifest');
  await address.fill('https://iiif.invalid/manifest');
  await page.getByRole('button', { name: 'Attach' }).click();
  await expect(
    page.getByText('This server fetches nothing from iiif.invalid', { exact: false }),
  ).toBeVisible();
  await expect(address).toHaveValue('https://iiif.invalid/manifest');
});

test('nobody else finds the page', async ({ page, context }) => {
  await signIn(context, 'instructor');
  const answer = await page.goto(`/admin/editions/${edition}`);
  expect(answer?.status()).toBe(404);
});
