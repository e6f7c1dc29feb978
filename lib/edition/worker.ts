import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { type TransferredError, transferError } from '@/lib/kernel/error-transfer';
import { collectGarbage } from '@/lib/worker/collect-garbage';
import { type ImportReply, type ImportStep, importSteps } from './import-steps';
import type { ImportTask } from './read-tei-file';

/** What a thread tells of an import: a step, which waits for its answer; its end; or why it is refused. */
export type ImportMessage = ImportStep | { kind: 'end' } | { kind: 'refusal'; refusal: TransferredError };

/** Code units of rows and source that are handed over before their garbage is collected. */
const GARBAGE = 12_000_000;

/** Reads a text in a thread of its own and hands over its rows in batches: no database, no settings. */
export default async function importText({
  port,
  ...task
}: ImportTask & { port: MessagePort }): Promise<void> {
  const send = (message: ImportMessage) => port.postMessage(message);
  let garbage = 0;
  try {
    const steps = importSteps(task);
    for (let step = await steps.next(null); !step.done; ) {
      send(step.value);
      // What was made on the way to a step is not needed any more: trees, tokens, rows that are sent.
      garbage += garbageOf(step.value);
      if (garbage >= GARBAGE) {
        collectGarbage();
        garbage = 0;
      }
      const [reply] = (await once(port, 'message')) as [ImportReply];
      step = await steps.next(reply);
    }
    send({ kind: 'end' });
  } catch (error) {
    send({ kind: 'refusal', refusal: transferError(error) });
  } finally {
    port.close();
  }
}

/** Code units that a step leaves behind; after reading and after building it is more than all rows together. */
function garbageOf(step: ImportStep): number {
  if (step.kind === 'rows') return step.json.length;
  if (step.kind === 'source') return step.piece.length;
  return step.kind === 'image' ? step.image.bytes.length : GARBAGE;
}
