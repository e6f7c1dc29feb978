import { type AnnotationSummary, summarize } from '@/app/reader/data/annotation-summary';
import type { Annotation } from '@/lib/annotation/schema';

let made = 0;

/** An annotation as the API gives it; a reply where `parent` and `root` are given. */
export function makeAnnotation(overrides: Partial<Annotation> = {}): Annotation {
  const id = overrides.id ?? `n${++made}`;
  const annotation: Annotation = {
    id,
    iri: `https://example.org/groups/g/annotations/${id}`,
    group: 'g',
    edition: 'e',
    section: 'doc1',
    revision: 1,
    start: 0,
    end: 5,
    exact: 'слова',
    prefix: '',
    suffix: '',
    anchor: 'exact',
    anchorRevision: 1,
    written: null,
    passages: [],
    canvas: null,
    region: null,
    regions: [],
    kind: 'gloss',
    body: 'A note',
    html: '<p>An annotation</p>',
    tags: [],
    reading: null,
    citation: null,
    visibility: 'group',
    state: 'published',
    reason: null,
    author: { id: 'a', name: 'Ana' },
    assignment: null,
    late: false,
    parent: null,
    root: id,
    replies: 0,
    version: 1,
    created: '2026-01-01T00:00:00Z',
    modified: '2026-01-01T00:00:00Z',
    edited: null,
    returned: false,
    appealed: false,
    locked: false,
    pinned: false,
    endorsed: false,
    resolved: false,
    agreements: 0,
    agreed: false,
    mine: false,
    can: [],
    ...overrides,
  };
  return { ...annotation, passages: overrides.passages ?? passagesOf(annotation) };
}

/** The one passage that the fields of an annotation speak of. */
function passagesOf(annotation: Annotation): Annotation['passages'] {
  const { edition, section, revision, start, end, exact, prefix, suffix, anchor, anchorRevision, written } =
    annotation;
  if (annotation.parent !== null || (start === null && exact === null) || anchor === null) return [];
  const place = { edition, section, revision: revision ?? 1, start, end, exact, prefix, suffix };
  return [{ ...place, anchor, anchorRevision: anchorRevision ?? 1, written, settled: false }];
}

/** A reply to `parent`. */
export function makeReply(parent: Annotation, overrides: Partial<Annotation> = {}): Annotation {
  return makeAnnotation({
    parent: parent.id,
    root: parent.root,
    start: null,
    end: null,
    exact: null,
    ...overrides,
  });
}

/** The summary of an annotation. */
export function makeSummary(overrides: Partial<Annotation> = {}): AnnotationSummary {
  return summarize(makeAnnotation(overrides));
}

/** The summary of a reply to `root`. */
export function makeReplySummary(
  root: AnnotationSummary,
  overrides: Partial<Annotation> = {},
): AnnotationSummary {
  return makeSummary({ parent: root.id, root: root.root, start: null, end: null, exact: null, ...overrides });
}
