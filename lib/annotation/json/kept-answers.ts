import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { isMuted, type Viewer } from '@/lib/identity/schema';
import { type JsonText, UNCHANGED } from './json-text';
import { selectReadState } from './store';

/** What an answer was made in: the state of the database, and for whom. */
type KeptAnswer<Answer> = { state: string; answer: Answer };

/** Gives what was `asked`, from memory where it was made in the present state, else as `make` gives it. */
type Recall<Answer> = (
  viewer: Viewer,
  asked: unknown[],
  isKnown: (etag: string) => boolean,
  make: () => Promise<Answer>,
) => Promise<Answer>;

/**
 * Keeps answers for as long as no transaction at all has ended that could change them, in `bytes` at most. `asked` names
 * all that an answer depends on beside the viewer and the database. Where `isKnown` says of the ETag that the client has
 * the answer, it is given without its JSON.
 *
 * That no reader gets what was true a moment ago does not depend on knowing what an answer is made of: the snapshot that
 * a statement would have now is asked for after the request has come, and every commit makes it another one
 * (docs/decisions/0039-answers-while-nothing-is-committed.md).
 */
export function keepAnswers<Answer extends JsonText>(bytes: number): Recall<Answer> {
  const kept = new LRUCache<string, KeptAnswer<Answer>>({
    maxSize: bytes,
    sizeCalculation: ({ answer }, key) => (answer.json?.length ?? 0) + 2 * key.length + 500,
  });
  return async (viewer, asked, isKnown, make) => {
    const key = `${viewerKey(viewer)}\n${JSON.stringify(asked)}`;
    const state = await readState();
    const known = kept.get(key);
    if (known?.state === state) {
      const { answer } = known;
      if (isKnown(answer.etag)) return { ...answer, json: UNCHANGED };
      if (answer.json !== UNCHANGED) return answer;
    }
    const answer = await make();
    // What was committed since `state` was read may be in it: then no later state is equal to that one, and it is made anew.
    kept.set(key, { state, answer });
    return answer;
  };
}

let running: Promise<string> | undefined;
let next: Promise<string> | undefined;

/** The state of the database at a moment after this call. All who ask while one statement runs share the next. */
function readState(): Promise<string> {
  if (running === undefined) {
    running = selectReadState().finally(() => {
      running = undefined;
    });
    return running;
  }
  const begin = () => {
    next = undefined;
    return readState();
  };
  next ??= running.then(begin, begin);
  return next;
}

const keys = new WeakMap<Viewer, string>();

/** All of a viewer, and which of their groups have muted them now, since a mute ends by itself. */
function viewerKey(viewer: Viewer): string {
  let key = keys.get(viewer);
  if (key === undefined) {
    key = createHash('sha256').update(JSON.stringify(viewer)).digest('base64url');
    keys.set(viewer, key);
  }
  return viewer.memberships.some(isMuted)
    ? `${key} ${viewer.memberships.map((own) => (isMuted(own) ? 1 : 0)).join('')}`
    : key;
}
