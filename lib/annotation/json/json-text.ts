import { createHash } from 'node:crypto';

/** JSON that was made here, with the opaque tag of its ETag; null in place of the JSON where the client has it already. */
export type JsonText = { etag: string; json: Buffer | null };

/** In place of the JSON of an answer that the client has already. */
export const UNCHANGED = null;

/** Counts the forms that the JSON has had: another one has other tags. */
const FORM = 1;

/** The tag of an answer that is made from `parts` alone: 132 bits of SHA-256. */
export function digestOf(parts: (string | null)[]): string {
  const hash = createHash('sha256').update(`${FORM}`);
  for (const part of parts) hash.update(`\n\n${part ?? ''}`);
  return hash.digest('base64url').slice(0, 22);
}
