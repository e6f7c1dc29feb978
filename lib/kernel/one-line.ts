import { z } from 'zod';

const BREAK = /[\r\n\u2028\u2029]/;
/** Characters that turn the text after them around until another ends it (UAX 9 §2.1–2.4), and so the line that they are shown in. */
const TURN = /[\u202a-\u202e\u2066-\u2069]/;

/**
 * A name, a title or a tag: one line of at most `limit` characters, because it stands in headers of mail, lists and files,
 * that Postgres can store (no U+0000) and that turns no line around.
 */
export const oneLine = (limit: number) =>
  z
    .string()
    .refine((words) => !BREAK.test(words), 'Write this in one line.')
    .refine(
      (words) => !words.includes('\u0000') && words.isWellFormed() && !TURN.test(words),
      'This has a character that is not text.',
    )
    .trim()
    .max(limit);
