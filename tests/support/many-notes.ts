import { type Browser, expect } from '@playwright/test';
import { OUR_ORIGIN } from './own-seminar';
import { signIn } from './sign-in';

/** Words of a section's paragraphs, several from each, with the offsets at which they stand. */
interface Words {
  start: number;
  end: number;
}

/**
 * Writes notes on the paragraphs of Document I: `counts[i]` of them on its i-th paragraph, in turn by three students, every
 * third a question, every second with tags; gives the ids of those on each paragraph.
 */
export async function writeManyNotes(
  browser: Browser,
  seminar: string,
  counts: readonly number[],
): Promise<string[][]> {
  const contexts = await Promise.all(
    ['student1', 'student2', 'student3'].map((name) => openAs(browser, name)),
  );
  const [first] = contexts;
  const { text, paragraphs } = await (
    await first!.request.get('/api/v1/editions/gheorghiu-2009/sections/doc1')
  ).json();
  const long = paragraphs.filter(({ start, end }: Words) => end - start > 150);
  const made: string[][] = [];
  let number = 0;
  for (const [i, count] of counts.entries()) {
    const { start } = long[i];
    const ids: string[] = [];
    for (let n = 0; n < count; n++, number++) {
      const from = start + n * 6;
      const answer = await contexts[number % 3]!.request.post(`/api/v1/groups/${seminar}/annotations`, {
        data: {
          edition: 'gheorghiu-2009',
          section: 'doc1',
          ...trimmed(text, from, from + 12),
          body: `Note ${number}: сравните со «Сцынтейей», *то же слово*.`,
          kind: number % 3 === 0 ? 'question' : 'gloss',
          tags:
            number % 2 === 0
              ? ['лексика', 'a tag of more words than one line of the margin has room for']
              : [],
        },
        headers: OUR_ORIGIN,
      });
      expect(answer.status()).toBe(201);
      ids.push((await answer.json()).id);
    }
    made.push(ids);
  }
  await Promise.all(contexts.map((context) => context.close()));
  return made;
}

async function openAs(browser: Browser, account: string) {
  const context = await browser.newContext();
  await signIn(context, account);
  return context;
}

/** A span without white space at its ends. */
function trimmed(text: string, start: number, end: number): Words {
  const points = [...text];
  let [from, to] = [start, end];
  while (/\s/.test(points[from]!)) from++;
  while (/\s/.test(points[to - 1]!)) to--;
  return { start: from, end: to };
}
