import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diffInWorker } from '@/lib/anchor/diff-in-worker';
import { diffTexts } from '@/lib/anchoring';
import { type ImportStep, importSteps } from '@/lib/edition/import-steps';
import { parseTei } from '@/lib/edition/parse-tei';
import { runImport } from '@/lib/edition/run-import';
import { readUpload } from '@/lib/import';
import { detectFormat } from '@/lib/import/detect-format';
import { AppError } from '@/lib/kernel/errors';
import { createWorkerPool, runWithin } from '@/lib/worker';
import { tei } from '../edition/fixture';

const PARAGRAPHS = Array.from(
  { length: 2_000 },
  (_, i) => `<p xml:id="s.p${i + 1}">Слово ${i} и слово за ним, и ещё.</p>`,
);
const bytesOf = (text: string) => new Uint8Array(new TextEncoder().encode(text));

/** What is long goes through a thread, what is short does not: nobody must see a difference. */
describe('a thread', () => {
  it('reads a long text and gives its rows as it is done here, step by step', async () => {
    const task = { bytes: bytesOf(tei(PARAGRAPHS.join('\n'))), options: {} };
    assert.ok(task.bytes.length > 100_000);
    const reply = { edition: 'e', revision: 1, earlier: [] };
    const steps: ImportStep[] = [];
    // The thread takes the bytes with it.
    const thread = runImport({ ...task, bytes: task.bytes.slice() });
    for (let step = await thread.next(null); !step.done; step = await thread.next(reply))
      steps.push(step.value);
    const here: ImportStep[] = [];
    const local = importSteps(task);
    for (let step = await local.next(null); !step.done; step = await local.next(reply)) here.push(step.value);
    assert.ok(here.length > 4);
    assert.deepEqual(steps, here);
  });

  it('refuses a long text with the same words at the same place', async () => {
    const source = tei(`${PARAGRAPHS.join('\n')}<p>a</q>`);
    const refusalOf = async (read: () => unknown) => {
      try {
        await read();
      } catch (error) {
        assert.ok(error instanceof AppError);
        const { code, message, errors, values } = error;
        return { code, message, errors, values };
      }
      throw new Error('it was not refused');
    };
    assert.deepEqual(
      await refusalOf(() => runImport({ bytes: bytesOf(source), options: {} }).next(null)),
      await refusalOf(() => parseTei(source)),
    );
  });

  it('reads a long file of annotations as it is read here, in its order', async () => {
    const annotations = Array.from({ length: 3_000 }, (_, i) => ({
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      type: 'Annotation',
      bodyValue: `Заметка ${i} ${'x'.repeat(i % 300)}`,
      target: 'http://localhost:3000/editions/e/s',
    }));
    const text = JSON.stringify(annotations);
    assert.ok(text.length > 500_000);
    assert.deepEqual(await readUpload(bytesOf(text), 'application/json'), detectFormat(annotations));
  });

  it('compares long texts as they are compared here', async () => {
    const before = Array.from({ length: 900 }, (_, i) => `Предложение номер ${i} стоит здесь.`).join(' ');
    const after = before.replace(/номер (\d+)7/g, 'под номером $17').slice(300);
    assert.ok(before.length > 20_000);
    assert.deepEqual(await diffInWorker(before, after), diffTexts(before, after));
  });

  it('is ended at its limit of time, and the next task is done', async () => {
    const pool = createWorkerPool('slow', new URL('slow/index.ts', import.meta.url).href, {
      threads: 1,
      megabytes: 64,
    });
    await assert.rejects(
      runWithin(pool, { milliseconds: 60_000 }, { seconds: 2 }),
      (error) => error instanceof AppError && error.code === 'too_large' && error.values.seconds === 2,
    );
    assert.equal(await runWithin(pool, { milliseconds: 0 }, { seconds: 60 }), 'done');
    await assert.rejects(
      runWithin(pool, { milliseconds: 0, fill: true }, { seconds: 60 }),
      (error) => error instanceof AppError && error.code === 'too_large',
      'it has no bound of memory',
    );
    await pool.destroy();
  });
});
