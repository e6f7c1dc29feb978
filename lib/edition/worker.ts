import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { type TransferredError, transferError } from '@/lib/kernel/error-transfer';
import { type ImportReply, type ImportStep, importSteps } from './import-steps';
import type { ImportTask } from './read-tei-file';

/** What a thread tells of an import: a step, which waits for its answer; its end; or why it is refused. */
export type ImportMessage = ImportStep | { kind: 'end' } | { kind: 'refusal'; refusal: TransferredError };

/** Reads a text in a thread of its own and hands over its rows in batches: no database, no settings. */
export default async function importText({
  port,
  ...task
}: ImportTask & { port: MessagePort }): Promise<void> {
  const send = (message: ImportMessage) => port.postMessage(message);
  try {
    const steps = importSteps(task);
    for (let step = await steps.next(null); !step.done; ) {
      send(step.value);
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
