import type { AnnotationRow } from '@/lib/annotation';
import { createPacer } from '@/lib/kernel/pacer';
import { createWorkerPool, runWithin, type WorkerPool } from '@/lib/worker';
import { bodyTextOf } from './model/body-text';
import { isKnown, keepMarkdown, withoutTags } from './model/html-to-markdown';
import type { IncomingAnnotation } from './schema';

/** Seconds that the bodies of a batch may take; the longest take a tenth of one each. */
const SECONDS = 20;
/** Bodies that are sent to a thread at once: others get their turn in between. */
const BATCH = 20;

let pool: WorkerPool | undefined;

/**
 * Converts the HTML bodies of valid annotations in a thread, so that `bodyTextOf` and all that calls it finds them
 * done. What cannot be converted within its bounds becomes text without tags.
 */
export async function convertHtml(annotations: readonly IncomingAnnotation[]): Promise<void> {
  const giveTurn = createPacer();
  const unknown = new Set<string>();
  for (const annotation of annotations) {
    await giveTurn();
    bodyTextOf(annotation, (html) => {
      if (!isKnown(html)) unknown.add(html);
      return '';
    });
  }
  const bodies = [...unknown];
  for (let i = 0; i < bodies.length; i += BATCH) await convertBatch(bodies.slice(i, i + BATCH));
}

/** Converts the HTML of annotations that were received from elsewhere and changed here since (`toJsonLd`). */
export async function convertHtmlOfRows(rows: readonly AnnotationRow[]): Promise<void> {
  const giveTurn = createPacer();
  const received: IncomingAnnotation[] = [];
  for (const row of rows) {
    if (row.version === 1 || row.received === null || !row.received.includes('html')) continue;
    await giveTurn();
    received.push(JSON.parse(row.received));
  }
  await convertHtml(received);
}

async function convertBatch(bodies: string[]): Promise<void> {
  pool ??= createWorkerPool('w3c', import.meta.url, { threads: 2, megabytes: 256 });
  try {
    const converted = await runWithin<string[]>(pool, bodies, { seconds: SECONDS });
    for (const [i, html] of bodies.entries()) keepMarkdown(html, converted[i] ?? '');
  } catch {
    // One at a time, so that a body that is too much takes none of the others along.
    if (bodies.length > 1) for (const html of bodies) await convertBatch([html]);
    else for (const html of bodies) keepMarkdown(html, withoutTags(html));
  }
}
