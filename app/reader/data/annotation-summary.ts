/** Annotations without their text: where they stand and what they are. The text is loaded once it is shown. Pure. */
import type { PageIndex } from '@/lib/annotation/page-index/schema';
import type { Annotation, Kind } from '@/lib/annotation/schema';
import { fingerprint } from '@/lib/kernel/code-points';

/** A passage of an annotation without its quote. */
export interface AnchorSummary {
  section: string;
  /** In code points; null where the passage is orphaned. */
  start: number | null;
  end: number | null;
  /** The revision that the offsets count in. */
  revision: number;
  /** The fingerprint of the quote. */
  fingerprint: number;
  /** Whether it was found again with other words. */
  fuzzy: boolean;
}

/** An annotation without its text. A root is its own `root`. */
export interface AnnotationSummary {
  id: string;
  root: string;
  version: number;
  /** The newest revision that one of its offsets counts in. */
  revision: number;
  mine: boolean;
  /** Whether it is only a tombstone: its text is withheld. */
  isTombstone: boolean;
  kind: Kind;
  author: { id: string; name: string };
  /** When it was written, in seconds since 1970. */
  created: number;
  tags: readonly string[];
  resolved: boolean;
  pinned: boolean;
  endorsed: boolean;
  passages: readonly AnchorSummary[];
  /** The canvas of the page image that it is on, if it is on one. */
  canvas: string | null;
}

const NO_PASSAGES: readonly AnchorSummary[] = [];
const NO_TAGS: readonly string[] = [];

/** The summaries of a page index, in its order. */
export function readSummaries(index: PageIndex): AnnotationSummary[] {
  const { ids, roots, versions, revisions, passages, sections, kinds, authors, tags, tagged } = index;
  const summaries = ids.map(
    (id, i): AnnotationSummary => ({
      id,
      root: roots[i] || id,
      version: versions[i]!,
      revision: revisions[i]!,
      mine: false,
      isTombstone: false,
      kind: kinds.names[kinds.of[i]!]!,
      author: authors.people[authors.of[i]!]!,
      created: index.created[i]!,
      tags: NO_TAGS,
      resolved: false,
      pinned: false,
      endorsed: false,
      passages: NO_PASSAGES,
      canvas: null,
    }),
  );
  for (const i of index.mine) summaries[i]!.mine = true;
  for (const i of index.gone) summaries[i]!.isTombstone = true;
  for (const i of index.resolved) summaries[i]!.resolved = true;
  for (const i of index.pinned) summaries[i]!.pinned = true;
  for (const i of index.endorsed) summaries[i]!.endorsed = true;
  for (const [i, at] of tagged.notes.entries()) {
    const summary = summaries[at]!;
    summary.tags = [...summary.tags, tags[tagged.tags[i]!]!];
  }
  for (const [i, at] of index.images.notes.entries()) summaries[at]!.canvas = index.images.canvases[i]!;
  const anchors = passages.notes.map(
    (_, i): AnchorSummary => ({
      section: sections[passages.sections[i]!]!,
      start: passages.starts[i]!,
      end: passages.ends[i]!,
      revision: passages.revisions[i]!,
      fingerprint: passages.words[i]!,
      fuzzy: false,
    }),
  );
  for (const i of passages.fuzzy) anchors[i]!.fuzzy = true;
  for (let i = 0; i < anchors.length; i++) {
    const summary = summaries[passages.notes[i]!]!;
    summary.passages = summary.passages === NO_PASSAGES ? [anchors[i]!] : [...summary.passages, anchors[i]!];
  }
  return summaries;
}

/** The summary of an annotation for a page of its own edition. */
export function summarize(annotation: Annotation): AnnotationSummary {
  return summarizeOn(annotation.edition, annotation);
}

/** The summary of an annotation for a page of `edition`: its passages in another stand on other pages. */
export function summarizeOn(edition: string, annotation: Annotation): AnnotationSummary {
  const { id, root, version, mine, kind, resolved, pinned, endorsed, parent, anchorRevision, canvas } =
    annotation;
  const here = annotation.passages.filter((passage) => passage.edition === edition);
  const passages = here.map(({ section, start, end, exact, anchor, anchorRevision }) => ({
    section,
    start,
    end,
    revision: anchorRevision,
    fingerprint: fingerprint(exact ?? ''),
    fuzzy: anchor === 'fuzzy',
  }));
  const revisions = passages.map(({ revision }) => revision);
  return {
    id,
    root,
    version,
    revision: parent === null ? Math.max(anchorRevision ?? 0, ...revisions) : 0,
    mine,
    isTombstone: isTombstone(annotation),
    kind,
    author: annotation.author,
    created: Math.floor(Date.parse(annotation.created) / 1000),
    tags: annotation.tags,
    resolved,
    pinned,
    endorsed,
    passages,
    canvas,
  };
}

/** Whether only the tombstone of an annotation is given: its text is withheld. */
export function isTombstone({ state, body, kind }: Annotation): boolean {
  return state === 'deleted' || (body === '' && kind !== 'highlight');
}
