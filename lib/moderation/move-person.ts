import type { Tx } from '@/lib/db';
import { moveAppealsOfPerson } from './appeal/store';
import { deleteLooksOfPerson } from './looking/store';
import { moveWordsToPerson } from './member/store';
import { moveFlagsOfPerson } from './store';

/** Makes what `from` reported and appealed, and what was said to and of them, that of `into`. */
export async function moveModerationOfPerson(tx: Tx, from: string, into: string): Promise<void> {
  await moveFlagsOfPerson(tx, from, into);
  await moveAppealsOfPerson(tx, from, into);
  await moveWordsToPerson(tx, from, into);
  await deleteLooksOfPerson(tx, from);
}
