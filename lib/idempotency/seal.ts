import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** An answer as it is sent again: its status, its headers without those of the moment, and its body. */
export type KeptAnswer = { status: number; headers: [string, string][]; body: string };

type SealScope = { userId: string; hash: string };

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts an answer with AES-256-GCM by the client's own key, which is stored as a hash alone: an answer may hold what
 * is kept nowhere else (the secret of a new token), and words that are deleted meanwhile.
 */
export function sealAnswer(answer: KeptAnswer, scope: SealScope, key: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', secretOf(scope, key), nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), text]));
}

/** The answer that `sealAnswer` encrypted. Throws where the key is another. */
export function openAnswer(sealed: Uint8Array, scope: SealScope, key: string): KeptAnswer {
  const text = sealed.subarray(NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', secretOf(scope, key), sealed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return JSON.parse(Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8'));
}

function secretOf({ userId, hash }: SealScope, key: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, userId, `scholion idempotency ${hash}`, 32));
}
