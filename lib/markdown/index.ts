/** Markdown of notes as HTML: never on the thread that answers requests, and never for longer than a bound. */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { invalidFields } from '@/lib/kernel/errors';
import { createPacer } from '@/lib/kernel/pacer';
import { log } from '@/lib/log';
import { createWorkerPool, type WorkerPool } from '@/lib/worker';
import { excessOf, requireBoundedMarkdown } from './bounds';
import { fastMarkdown } from './fast';
import { plainTextHtml } from './plain-text';

export { requireBoundedMarkdown } from './bounds';
export { mentionsIn } from './mentions';

/** Milliseconds that one body may take. The longest that people write take a hundred. */
const LONGEST = 3_000;
/** Bodies that are sent to a thread at once: a long list is shared by the threads, and others get their turn. */
const BATCH = 50;
const THREADS = 2;

/** `isWhole`: false where the body is shown as plain text, since it cannot be rendered within its bounds. */
type Rendered = { html: string; isWhole: boolean };
const EMPTY: Rendered = { html: '', isWhole: true };

type Rendering = { pool: WorkerPool; rendered: LRUCache<string, Rendered> };
// Next's bundle and server.ts are two module graphs in one process: what must exist once lives on globalThis.
const shared = globalThis as typeof globalThis & { scholionMarkdown?: Rendering };

/** The threads and what they have rendered. */
function rendering(): Rendering {
  shared.scholionMarkdown ??= {
    pool: createWorkerPool('markdown', import.meta.url, {
      threads: THREADS,
      megabytes: 256,
      idleSeconds: Number.POSITIVE_INFINITY,
    }),
    rendered: new LRUCache({ maxSize: 20_000_000, sizeCalculation: ({ html }) => html.length + 1 }),
  };
  return shared.scholionMarkdown;
}

/**
 * Prepares the threads, which start with the first body. A server calls it before it loads Next, whose bundle has a copy
 * of this module that would not find the worker's file.
 */
export function startMarkdownThreads(): void {
  rendering();
}

/**
 * The sanitised HTML of several bodies (CommonMark with GFM), in their order. A body that cannot be rendered within
 * its bounds is given as plain text: it never takes its neighbours along.
 */
export async function renderMarkdown(bodies: readonly string[]): Promise<string[]> {
  const found = await renderEach(bodies);
  return bodies.map((body) => found.get(body)?.html ?? '');
}

/** Throws invalid at `pointer` where a body cannot be rendered within its bounds, so that it is not stored. */
export async function requireRenderable(body: string, pointer = '/body'): Promise<string> {
  requireBoundedMarkdown(body, pointer);
  const { html, isWhole } = (await renderEach([body])).get(body) ?? { html: '', isWhole: true };
  if (isWhole) return html;
  const errors = [
    {
      pointer,
      detail:
        'This has too many marks to be shown within {seconds} seconds: shorten it, or write it plainer.',
      values: { seconds: LONGEST / 1_000 },
    },
  ];
  throw invalidFields(errors);
}

/** What is rendered of each body, by the body. Common Markdown is rendered at once, the rest in the threads. */
async function renderEach(bodies: readonly string[]): Promise<Map<string, Rendered>> {
  const { pool, rendered } = rendering();
  const found = new Map<string, Rendered>();
  const slow: string[] = [];
  const giveTurn = createPacer();
  for (const body of new Set(bodies)) {
    await giveTurn();
    const known = body === '' ? EMPTY : (rendered.get(body) ?? renderAtOnce(body));
    if (known) found.set(body, known);
    else slow.push(body);
  }
  const batches = Array.from({ length: Math.ceil(slow.length / BATCH) }, (_, i) =>
    slow.slice(i * BATCH, (i + 1) * BATCH),
  );
  await Promise.all(
    batches.map(async (batch) => {
      const answers = await renderInThread(pool, batch);
      for (const [i, body] of batch.entries()) {
        const html = answers[i] ?? null;
        const known = html === null ? asPlainText(body) : { html, isWhole: true };
        rendered.set(body, known);
        found.set(body, known);
      }
    }),
  );
  return found;
}

/** A thread that runs out of memory dies alone; then each body of the batch gets a thread's attention of its own. */
async function renderInThread(pool: WorkerPool, bodies: string[]): Promise<(string | null)[]> {
  try {
    return await pool.run({ bodies, milliseconds: LONGEST });
  } catch {
    if (bodies.length === 1) return [null];
    return (await Promise.all(bodies.map((body) => renderInThread(pool, [body])))).flat();
  }
}

function renderAtOnce(body: string): Rendered | undefined {
  const html = fastMarkdown(body);
  if (html !== null) return { html, isWhole: true };
  return excessOf(body) ? asPlainText(body) : undefined;
}

function asPlainText(body: string): Rendered {
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 16);
  log().warn(
    { digest, length: body.length },
    'a body cannot be rendered as Markdown; it is shown as plain text',
  );
  return { html: plainTextHtml(body), isWhole: false };
}
