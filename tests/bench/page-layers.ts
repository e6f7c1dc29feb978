import { createTextAnnotator, type RendererType } from '@recogito/text-annotator';
import { paintPassages } from '@/app/reader/text/highlights';
import { hitTest } from '@/app/reader/text/hit-test';
import { sortSpans, spansAt, spansWithin } from '@/app/reader/text/intervals';
import { measureBlocks, spanBetween } from '@/app/reader/text/layout';
import { rangeOf, sliceOf, textOf } from '@/app/reader/text/text-position';

/** What runs in the bench's page: each way to show many notes on one text (see page.ts). */

type Note = { start: number; end: number; isOwn: boolean; isQuestion: boolean };

function notesOf(count: number): Note[] {
  const length = textOf(root()).length;
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const notes = Array.from({ length: count }, () => {
    const start = Math.floor(random() * (length - 200));
    return { start, end: start + 5 + Math.floor(random() * 120), isOwn: random() < 0.2, isQuestion: false };
  });
  return sortSpans(notes);
}

const root = () => document.querySelector<HTMLElement>('[data-section]') as HTMLElement;

/** Each text node's place in all of the root's text, apparatus and all, as the others count. */
function placesOf(): Map<Node, number> {
  const places = new Map<Node, number>();
  const walker = document.createTreeWalker(root(), NodeFilter.SHOW_TEXT);
  let offset = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    places.set(node, offset);
    offset += (node as Text).length;
  }
  return places;
}

function foreignNotes(count: number) {
  const places = placesOf();
  const text = root().textContent ?? '';
  return notesOf(count).flatMap((note, i) => {
    const range = rangeOf(root(), note.start, note.end);
    if (!range) return [];
    const start = (places.get(range.startContainer) ?? 0) + range.startOffset;
    const end = (places.get(range.endContainer) ?? 0) + range.endOffset;
    const [prefix, suffix] = [text.slice(Math.max(0, start - 32), start), text.slice(end, end + 32)];
    return [{ id: `note${i}`, start, end, exact: text.slice(start, end), prefix, suffix }];
  });
}

type Way = (count: number) => Promise<() => unknown>;

const recogito =
  (renderer: RendererType): Way =>
  async (count) => {
    const annotations = foreignNotes(count).map(({ id, start, end, exact }) => ({
      id,
      bodies: [],
      target: { annotation: id, selector: [{ start, end, quote: exact }] },
    }));
    return () => createTextAnnotator(root(), { renderer }).setAnnotations(annotations as never);
  };

/** Each way prepares what a server would send, and gives what is to be measured. */
const WAYS: Record<string, Way> = {
  nothing: async () => () => undefined,
  ours: async (count) => {
    const notes = notesOf(count);
    // As the page does it: where the blocks stand is read once, and what is near the view is painted.
    return () => {
      const half = innerHeight / 2;
      const seen = spanBetween(measureBlocks(root()), scrollY - half, scrollY + 4 * half);
      paintPassages(root(), spansWithin(notes, seen), []);
    };
  },
  everywhere: async (count) => {
    const notes = notesOf(count);
    return () => paintPassages(root(), notes, []);
  },
  'recogito highlights': recogito('CSS_HIGHLIGHTS'),
  'recogito spans': recogito('SPANS'),
  hypothesis: async (count) => {
    const [{ anchor }, { Highlighter }] = await Promise.all([
      // @ts-expect-error Both come out of the map of the client's bundle, when the bench is bundled.
      import('hypothesis/anchoring/html'),
      // @ts-expect-error
      import('hypothesis/highlighter'),
    ]);
    const notes = foreignNotes(count);
    const highlighter = new Highlighter(root());
    return async () => {
      for (const { start, end, exact } of notes) {
        const selectors = [
          { type: 'TextPositionSelector', start, end },
          { type: 'TextQuoteSelector', exact },
        ];
        highlighter.highlightRange(await anchor(root(), selectors));
      }
    };
  },
};

/** Milliseconds in which the notes under a point are found: the mean of many points, since clocks in a page are coarse. */
function hitTime(count: number): number {
  const notes = notesOf(count);
  let hits = 0;
  const since = performance.now();
  for (let n = 0; n < 300; n++) {
    const hit = hitTest(200 + ((n * 37) % 500), 50 + ((n * 91) % 600));
    if (hit && spansAt(notes, hit.offset).length > 0) hits++;
  }
  const spent = performance.now() - since;
  if (hits === 0) throw new Error('No point of the page has a note.');
  return spent / 300;
}

const tasks: number[] = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) tasks.push(duration);
}).observe({ type: 'longtask' });

const elements = () => root().querySelectorAll('*').length;
const settled = () =>
  new Promise<void>((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 300))),
  );

let work: (() => unknown) | undefined;
const bench = {
  async prepare(way: string, count: number) {
    // Whoever reads has the text's table by then.
    sliceOf(root(), 0, 1);
    work = await (WAYS[way] as Way)(count);
    await settled();
    tasks.length = 0;
  },
  async run() {
    const before = elements();
    await work?.();
    await settled();
    return { elements: elements() - before, longest: Math.max(0, ...tasks) };
  },
  hitTime,
  notes: foreignNotes,
};
export type Bench = typeof bench;
Object.assign(window, { bench });
