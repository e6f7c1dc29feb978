import { type APIRequestContext, type Browser, expect } from '@playwright/test';
import { signIn } from './sign-in';

/** What the server wants of a browser that changes something: where it comes from. */
export const OUR_ORIGIN = { origin: new URL(process.env.BASE_URL ?? 'http://localhost:3000').origin };

/** Who is in a seminar of the tests, beside `instructor`, who leads it. */
const PEOPLE = {
  assistant: 'assistant',
  student1: 'student',
  student2: 'student',
  student3: 'student',
  reader: 'reader',
};

/** A name that nothing has yet, on a server that has run these tests before too. */
export const uniqueName = (file: string) => `${file}-${Date.now().toString(36)}`;

/**
 * A seminar of one file of tests, with the people of the demo: files run at the same time on one server, where one
 * would meet what the other writes. Gives its slug.
 */
export async function ownSeminar(browser: Browser, file: string): Promise<string> {
  const slug = uniqueName(file);
  const context = await browser.newContext();
  await signIn(context, 'instructor');
  const made = await context.request.post('/api/v1/groups', {
    data: { slug, name: `Seminar of ${file}`, edition: 'gheorghiu-2009' },
    headers: OUR_ORIGIN,
  });
  expect(made.status()).toBe(201);
  for (const [account, role] of Object.entries(PEOPLE)) {
    const added = await context.request.post(`/api/v1/groups/${slug}/members`, {
      data: { email: `${account}@demo.example`, role },
      headers: OUR_ORIGIN,
    });
    expect(added.status()).toBe(201);
  }
  await context.close();
  await Promise.all(Object.keys(PEOPLE).map((account) => arrive(browser, account)));
  return slug;
}

/** Somebody who was invited by e-mail is a member from their first call on. */
async function arrive(browser: Browser, account: string): Promise<void> {
  const context = await browser.newContext();
  await signIn(context, account);
  expect((await context.request.get('/api/v1/me')).status()).toBe(200);
  await context.close();
}

/** Words of a section, or a part of a page image. */
type Place =
  | { section: string; exact: string }
  | { canvas: string; region: { x: number; y: number; w: number; h: number }; edition?: string };

/** Writes a gloss through the API, in the name of whoever is signed in, and gives its id. */
export async function postGloss(
  request: APIRequestContext,
  seminar: string,
  place: Place,
  body: string,
): Promise<string> {
  const { exact, ...rest } = { exact: '', ...place };
  const quote = exact === '' ? {} : { quote: { exact, prefix: '', suffix: '' } };
  const answer = await request.post(`/api/v1/groups/${seminar}/annotations`, {
    data: { edition: 'gheorghiu-2009', ...rest, ...quote, body },
    headers: OUR_ORIGIN,
  });
  expect(answer.status()).toBe(201);
  return (await answer.json()).id;
}
