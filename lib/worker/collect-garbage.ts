import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/**
 * Collects the garbage of this thread now. V8 waits with that until the heap of a thread is half of what it may have,
 * so that a thread with much garbage and little to keep takes hundreds of megabytes for nothing. For threads alone: it
 * takes as long as what is kept is large.
 */
export function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
