/** Notes in brief: where they stand and what they are. What they say is read once somebody is to see it. Pure. */
import type { PageIndex } from '@/lib/annotation/page-index/schema';
import type { Annotation } from '@/lib/annotation/schema';
import { fingerprint } from '@/lib/kernel/code-points';

/** A passage of a note in brief. */
export interface AnchorSummary {
  section: string;
  /** In code points; null where it is lost. */
  start: number | null;
  end: number | null;
  /** The revision that they count in. */
  revision: number;
  /** The fingerprint of what was quoted. */
  words: number;
  /** Whether it was found again with other words. */
  fuzzy: boolean;
}

/** A note in brief. A root is its own `root`. */
export interface AnnotationSummary {
  id: string;
  root: string;
  version: number;
  /** The newest revision that one of its offsets counts in. */
  revision: number;
  mine: boolean;
  /** Whether it is only the trace of a note: its words are withheld. */
  gone: boolean;
  question: boolean;
  resolved: boolean;
  pinned: boolean;
  passages: readonly AnchorSummary[];
  /** The canvas of the page image that it is on, if it is on one. */
  canvas: string | null;
}

const NOWHERE: readonly AnchorSummary[] = [];

/** The notes of an outline, in its order. */
export function readSummaries(outline: PageIndex): AnnotationSummary[] {
  const { ids, roots, versions, revisions, passages, sections } = outline;
  const notes = ids.map(
    (id, i): AnnotationSummary => ({
      id,
      root: roots[i] || id,
      version: versions[i]!,
      revision: revisions[i]!,
      mine: false,
      gone: false,
      question: false,
      resolved: false,
      pinned: false,
      passages: NOWHERE,
      canvas: null,
    }),
  );
  for (const i of outline.mine) notes[i]!.mine = true;
  for (const i of outline.gone) notes[i]!.gone = true;
  for (const i of outline.questions) notes[i]!.question = true;
  for (const i of outline.resolved) notes[i]!.resolved = true;
  for (const i of outline.pinned) notes[i]!.pinned = true;
  for (const [i, note] of outline.images.notes.entries()) notes[note]!.canvas = outline.images.canvases[i]!;
  const stands = passages.notes.map(
    (_, i): AnchorSummary => ({
      section: sections[passages.sections[i]!]!,
      start: passages.starts[i]!,
      end: passages.ends[i]!,
      revision: passages.revisions[i]!,
      words: passages.words[i]!,
      fuzzy: false,
    }),
  );
  for (const i of passages.fuzzy) stands[i]!.fuzzy = true;
  for (let i = 0; i < stands.length; i++) {
    const note = notes[passages.notes[i]!]!;
    note.passages = note.passages === NOWHERE ? [stands[i]!] : [...note.passages, stands[i]!];
  }
  return notes;
}

/** An annotation in brief. */
export function summarize(note: Annotation): AnnotationSummary {
  const { id, root, version, mine, state, body, kind, resolved, pinned, parent, anchorRevision, canvas } =
    note;
  const passages = note.passages.map(({ section, start, end, exact, anchor, anchorRevision: revision }) => {
    return { section, start, end, revision, words: fingerprint(exact ?? ''), fuzzy: anchor === 'fuzzy' };
  });
  const revisions = note.passages.map((passage) => passage.anchorRevision);
  return {
    ...{ id, root, version, mine, resolved, pinned, passages, canvas },
    revision: parent === null ? Math.max(anchorRevision ?? 0, ...revisions) : 0,
    gone: state === 'deleted' || body === '',
    question: kind === 'question',
  };
}
