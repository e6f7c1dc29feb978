import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { OUR_ORIGIN, ownSeminar, postGloss, uniqueName } from '../support/own-seminar';
import { signIn } from '../support/sign-in';
import { waitForHydration } from '../support/wait-for-hydration';

const axe = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  );

let seminar: string;
test.beforeAll(async ({ browser }) => {
  seminar = await ownSeminar(browser, 'home');
  const [one, other] = await Promise.all([browser.newContext(), browser.newContext()]);
  await signIn(one, 'student1');
  await signIn(other, 'student2');
  const id = await postGloss(
    one.request,
    seminar,
    { section: 'doc1', exact: 'нездоровой шумихи' },
    'Clamour.',
  );
  const answered = await other.request.post(`/api/v1/annotations/${id}/replies`, {
    data: { body: 'Noise made on purpose.' },
    headers: OUR_ORIGIN,
  });
  expect(answered.status()).toBe(201);
  await postGloss(other.request, seminar, { section: 'doc2', exact: 'двусторонней встрече' }, 'When?');
  await Promise.all([one.close(), other.close()]);
});

for (const [width, height] of [
  [390, 844],
  [1280, 800],
] as const) {
  test(`a seminar that went home comes into another group, and is taken back, at ${width} pixels`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ viewport: { width, height } });
    await signIn(context, 'instructor');
    const page = await context.newPage();
    const slug = uniqueName(`brought-${width}`);
    const made = await page.request.post('/api/v1/groups', {
      data: { slug, name: `Brought in, ${width}`, edition: 'gheorghiu-2009' },
      headers: OUR_ORIGIN,
    });
    expect(made.status()).toBe(201);
    const home = await page.request.get(`/api/v1/groups/${seminar}/export?format=jsonld`);
    const file = { name: 'demo.jsonld', mimeType: '', buffer: await home.body() };
    const { total } = JSON.parse(file.buffer.toString());
    expect(total).toBe(3);

    await page.goto(`/groups/${slug}`);
    await page.getByRole('link', { name: 'Import' }).click();
    await expect(page.getByText('Nothing has been imported yet')).toBeVisible();
    await waitForHydration(page);
    expect(await axe(page)).toEqual([]);

    // A file with one invalid entry is refused as a whole, and the entry is named.
    const faulty = JSON.stringify([{ '@context': 'http://www.w3.org/ns/anno.jsonld', type: 'Annotation' }]);
    const chooser = page.getByLabel('File');
    await chooser.setInputFiles({ name: 'faulty.json', mimeType: '', buffer: Buffer.from(faulty) });
    await page.getByRole('button', { name: 'Preview import' }).click();
    await expect(page.getByText('/target')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0);
    expect(await axe(page)).toEqual([]);

    await chooser.setInputFiles(file);
    await page.getByRole('button', { name: 'Preview import' }).click();
    await expect(page.getByText(`${total} notes:`)).toBeVisible();
    await expect(page.getByRole('table', { name: 'Who wrote them' })).toBeVisible();
    expect(await axe(page)).toEqual([]);
    const count = async () =>
      (await (await page.request.get(`/api/v1/groups/${slug}/annotations?limit=500`)).json()).items.length;
    expect(await count()).toBe(0);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible();
    expect(await count()).toBe(total);

    await page.getByRole('button', { name: /^Undo the import of/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Undo this import?' });
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Undo import' }).click();
    await expect(page.getByText('undone', { exact: true })).toBeVisible();
    expect(await count()).toBe(0);
    await context.close();
  });
}

test('only staff brings anything in', async ({ context }) => {
  await signIn(context, 'student1');
  const page = await context.newPage();
  await page.goto('/groups/demo-seminar');
  await expect(page.getByRole('link', { name: 'Import' })).toHaveCount(0);
  expect((await page.goto('/groups/demo-seminar/import'))?.status()).toBe(404);
});
