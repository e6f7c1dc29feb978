import { hash, verify } from '@node-rs/argon2';

/** argon2id with OWASP's first choice (Password Storage Cheat Sheet, 2026): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash of a password, in PHC form. NFKC, so that it can be typed on any keyboard (NIST SP 800-63B). */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

let decoy: Promise<string> | undefined;

/** Whether `password` matches the hash `kept`. Without a hash it is false, after the same time. */
export async function verifyPassword(kept: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const fits = await verify(kept ?? (await decoy), password.normalize('NFKC')).catch(() => false);
  return fits && kept != null;
}
