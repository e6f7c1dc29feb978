import { expect, test } from '@playwright/test';
import { type IiifHost, IMAGE_SIZE, manifest2, manifest3, startIiifHost } from '../support/iiif-host';
import { ownEdition } from '../support/own-edition';
import { ownSeminar } from '../support/own-seminar';
import { expectSame, onScreen, openImage, settled, watchFaults, writeGloss } from '../support/page-image';
import { signIn } from '../support/sign-in';
import { waitForHydration } from '../support/wait-for-hydration';

let host: IiifHost;
test.beforeAll(async () => {
  // The server takes images from this address alone (scripts/test.mjs).
  host = await startIiifHost(Number(new URL(process.env.SCHOLION_IIIF_HOSTS ?? '').port));
});
test.afterAll(() => host.close());

for (const [version, manifest, path] of [
  [3, manifest3, '/manifests/three'],
  [2, manifest2, '/manifests/two'],
] as const) {
  test(`page images of another library's manifest (version ${version}) are attached, seen and drawn on`, async ({
    browser,
  }) => {
    const edition = await ownEdition(browser, `foreign-${version}`);
    const seminar = await ownSeminar(browser, `foreign-${version}`);
    host.publish(path, manifest(host.origin, [125, 126]));

    const office = await browser.newContext();
    await signIn(office, 'admin');
    const desk = await office.newPage();
    await desk.goto(`/admin/editions/${edition}`);
    await waitForHydration(desk);
    await desk.getByLabel('Address of the manifest').fill(`${host.origin}${path}`);
    await desk.getByRole('button', { name: 'Attach' }).click();
    await expect(desk.getByRole('listitem').getByLabel('Printed page').nth(1)).toHaveValue('126');
    const { items } = await (await office.request.get(`/api/v1/editions/${edition}/canvases`)).json();
    const canvas: string = items[0].id;

    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await signIn(context, 'student1');
    const page = await context.newPage();
    const faults = watchFaults(page);
    const tile = page.waitForResponse((answer) =>
      answer.url().startsWith(`${host.origin}/v${version}/page-125/`),
    );
    await openImage(page, 'doc1', { canvas, group: seminar }, edition);
    expect((await tile).status()).toBe(200);
    await page.getByRole('button', { name: 'Draw a rectangle' }).click();
    await settled(page);
    const wanted = { x: 300, y: 400, w: 500, h: 300 };
    const to = await onScreen(page, wanted, IMAGE_SIZE);
    await page.mouse.move(to.x, to.y);
    await page.mouse.down();
    await page.mouse.move(to.x + to.w, to.y + to.h, { steps: 8 });
    await page.mouse.up();
    const { id, region } = await writeGloss(page, 'On the image of others.');
    expectSame(region, wanted);
    const thread = page.locator(`section[data-thread="${id}"]`);
    const picture = thread.getByRole('img', { name: /^Part of the image of/ }).locator('image');
    await expect(picture).toHaveAttribute('href', new RegExp(`^${host.origin}/v${version}/page-125/`));
    await expect(page.locator(`.a9s-annotation[data-id="${id}"]`)).toBeVisible();
    expect(faults).toEqual([]);
    await Promise.all([office.close(), context.close()]);
  });
}
