import { type EditionState, findEditionState } from './store';

export type { EditionState } from './store';

/**
 * The states that cached pages depend on, by edition, as this process last read them. They stand on `globalThis`, because
 * Next has a copy of this module of its own.
 */
const shared = globalThis as { scholionEditionStates?: Map<string, Promise<EditionState | null>> };
shared.scholionEditionStates ??= new Map();
const states = shared.scholionEditionStates;

/**
 * The state of an edition, whoever may read it, for the cache of pages alone; null where none is published. It is read
 * from the database once, until `forgetEditionStates`.
 */
export async function recallEditionState(slug: string): Promise<EditionState | null> {
  let known = states.get(slug);
  if (!known) {
    known = findEditionState(slug);
    states.set(slug, known);
  }
  const state = await known.catch((error) => {
    states.delete(slug);
    throw error;
  });
  // Unknown slugs are not remembered, because anybody could fill the memory with them.
  if (state === null) states.delete(slug);
  return state;
}

/** Forgets all states: an edition was published or changed, here or by another process. */
export function forgetEditionStates(): void {
  states.clear();
}
