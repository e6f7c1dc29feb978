import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { config } from '@/lib/config';
import type { SignedHead } from './schema';

/** The key that heads are signed with, and its public half as it stands in them (SubjectPublicKeyInfo, base64). */
export type SigningKey = { secret: KeyObject; key: string };

let known: Promise<SigningKey> | undefined;

/**
 * The key of this server: the file SCHOLION_AUDIT_KEY (an Ed25519 key as PEM), else one in the data folder, made at random
 * when it is first wanted and readable by its owner alone.
 */
export function signingKey(): Promise<SigningKey> {
  known ??= readKey().catch((error) => {
    known = undefined;
    throw error;
  });
  return known;
}

async function readKey(): Promise<SigningKey> {
  const { SCHOLION_AUDIT_KEY, SCHOLION_DATA } = config();
  const pem = await readFile(SCHOLION_AUDIT_KEY ?? (await ownKeyFile(SCHOLION_DATA)), 'utf8');
  const secret = createPrivateKey(pem);
  if (secret.asymmetricKeyType !== 'ed25519') throw new Error('SCHOLION_AUDIT_KEY is no Ed25519 key.');
  const key = createPublicKey(secret).export({ format: 'der', type: 'spki' }).toString('base64');
  return { secret, key };
}

async function ownKeyFile(data: string): Promise<string> {
  const file = path.join(data, 'audit-key.pem');
  await mkdir(data, { recursive: true });
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
  await writeFile(file, pem, { mode: 0o600, flag: 'wx' }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return file;
}

/** The text that the signature of a head is over. */
function headText({ chain, number, hash, signed }: Omit<SignedHead, 'group' | 'key' | 'signature'>): string {
  return ['scholion audit head', chain, number, hash, signed].join('\n');
}

/** Signs the end of a chain as it is now. */
export async function signHead(
  head: Pick<SignedHead, 'group' | 'chain' | 'number' | 'hash'>,
): Promise<SignedHead> {
  const { secret, key } = await signingKey();
  const signed = new Date().toISOString();
  const { group, chain, number, hash } = head;
  const signature = sign(null, Buffer.from(headText({ ...head, signed })), secret).toString('base64');
  return { group, chain, number, hash, signed, key, signature };
}

/** Whether a head has the signature of the key that it names; who keeps it knows whose key that is. */
export function hasValidSignature(head: SignedHead): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(head.key, 'base64'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(headText(head)), key, Buffer.from(head.signature, 'base64'));
  } catch {
    return false;
  }
}
