import { type APIRequestContext, expect, test } from '@playwright/test';
import sharp from 'sharp';
import { ownEdition } from '../support/own-edition';
import { ownSeminar, postGloss } from '../support/own-seminar';
import { expectSame, settled } from '../support/page-image';
import { signIn } from '../support/sign-in';

const SIZE = { width: 600, height: 800 };
const CANVAS = 'cover';

let seminar: string;
let edition: string;
test.beforeAll(async ({ browser }) => {
  [seminar, edition] = [await ownSeminar(browser, 'replaced'), await ownEdition(browser, 'replaced')];
});

/** Uploads another scan to the canvas of these tests. Returns the canvas. */
async function uploadScan(request: APIRequestContext, tone: number) {
  const background = { r: tone, g: tone, b: tone };
  const data = await sharp({ create: { ...SIZE, channels: 3, background } })
    .png()
    .toBuffer();
  const headers = { 'content-type': 'image/png' };
  const answer = await request.post(`/api/v1/editions/${edition}/canvases?id=${CANVAS}&label=Back+cover`, {
    data,
    headers,
  });
  expect(answer.status()).toBe(201);
  return answer.json();
}

test('what was drawn on an image that was replaced waits, and is drawn anew or left', async ({ browser }) => {
  const office = await browser.newContext();
  await signIn(office, 'admin');
  const { section } = await uploadScan(office.request, 220);
  const student = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await signIn(student, 'student3');
  const drawn = (body: string, x: number) =>
    postGloss(
      student.request,
      seminar,
      { edition, canvas: CANVAS, region: { x, y: 100, w: 120, h: 60 } },
      body,
    );
  const ids = [
    await drawn('A price in pencil.', 50),
    await drawn('A stain.', 200),
    await drawn('A label.', 400),
  ];
  const read = async (id: string | undefined) =>
    (await student.request.get(`/api/v1/annotations/${id}`)).json();
  await uploadScan(office.request, 190);
  expect((await read(ids[0])).anchor).toBe('orphaned');

  // The group's page of pending anchors lists it, with a link to it.
  const page = await student.newPage();
  await page.goto(`/groups/${seminar}/anchors`);
  const waiting = page.getByRole('article').filter({ hasText: 'A price in pencil.' });
  await expect(waiting.getByText('The page has another image now')).toBeVisible();
  await waiting.getByRole('link', { name: 'Say where it belongs' }).click();
  await expect(page).toHaveURL(new RegExp(`/${section}\\?.*canvas=${CANVAS}`));
  const thread = (id: string | undefined) => page.locator(`section[data-thread="${id}"]`);
  await expect(thread(ids[0]).getByText('It was drawn on an earlier image of Back cover.')).toBeVisible();
  await thread(ids[0]).getByRole('button', { name: 'It is in the same place' }).click();
  await expect.poll(async () => (await read(ids[0])).anchor).toBe('exact');
  expectSame((await read(ids[0])).region, { x: 50, y: 100, w: 120, h: 60 });

  // The second is drawn again, by keyboard.
  await page.goto(`/annotations/${ids[1]}`);
  await thread(ids[1]).getByRole('button', { name: 'Draw it on the present image' }).click();
  await expect(
    page.getByText('Draw on the image what the note by Sarah Smith belongs to', { exact: false }),
  ).toBeVisible();
  await settled(page);
  await page.getByRole('button', { name: 'Draw by keyboard' }).click();
  await page.getByRole('spinbutton', { name: 'Left' }).fill('30');
  await page.getByRole('spinbutton', { name: 'Top' }).fill('40');
  await page.getByRole('spinbutton', { name: 'Width' }).fill('50');
  await page.getByRole('spinbutton', { name: 'Height' }).fill('60');
  await page.getByRole('button', { name: 'Write a note on this region' }).click();
  await expect.poll(async () => (await read(ids[1])).anchor).toBe('exact');
  expectSame((await read(ids[1])).region, { x: 30, y: 40, w: 50, h: 60 });

  // The third is left orphaned, and is no longer pending.
  await page.goto(`/annotations/${ids[2]}`);
  await thread(ids[2]).getByRole('button', { name: 'Leave it without a place' }).click();
  await expect.poll(async () => (await read(ids[2])).regions[0].settled).toBe(true);
  await page.goto(`/groups/${seminar}/anchors`);
  await expect(page.getByRole('article').filter({ hasText: 'A label.' })).toHaveCount(0);
});
