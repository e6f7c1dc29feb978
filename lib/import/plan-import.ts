import { type ImportedAnnotation, type KnownAnnotation, listKnownAnnotations } from '@/lib/annotation';
import { planAssignments } from '@/lib/assignment';
import type { AssignmentRecord } from '@/lib/assignment/schema';
import type { Viewer } from '@/lib/identity/schema';
import { isId } from '@/lib/kernel/ids';
import { createPacer } from '@/lib/kernel/pacer';
import { annotationId, containerIri, statedAssignmentOf, targetsOf } from '@/lib/w3c';
import { buildRows } from './build-rows';
import { brokenItem, type ImportItem, parseItem } from './import-item';
import type { ImportRemark, ImportSource } from './import-source';
import { type Authors, creatorOf, matchAuthors } from './match-authors';
import { resolveItems, sortParentsFirst } from './resolve-items';
import { exportingAddressOf } from './rewrite-iris';
import type { ImportOptions } from './schema';

/** What an import would do: the rows, in an order in which they can be written, and what to tell of each item. */
export type ImportPlan = {
  format: ImportSource['format'];
  items: ImportItem[];
  remarks: ImportRemark[];
  rows: ImportedAnnotation[];
  authors: Authors;
  /** Assignments of the file that the group has not. */
  assignments: AssignmentRecord[];
  /** Annotations of the group that the file has too. */
  known: KnownAnnotation[];
};

/** Checks a file against a group and the editions here, and plans its rows; stores nothing. */
export async function planImport(
  viewer: Viewer,
  group: { groupId: string; slug: string },
  source: ImportSource,
  { edition, section }: ImportOptions,
  signal?: AbortSignal,
): Promise<ImportPlan> {
  const giveTurn = createPacer(signal);
  const home = exportingAddressOf(source.items);
  const items: ImportItem[] = [];
  for (const { pointer, annotation, brokenLine } of source.items) {
    await giveTurn();
    items.push(
      brokenLine === undefined ? await parseItem(pointer, annotation, home) : brokenItem(pointer, brokenLine),
    );
  }
  const valid = items.filter(({ outcome }) => outcome === 'new');
  const known = await markDuplicates(viewer, group, valid, signal);
  await resolveItems(viewer, items, known, edition && section ? { edition, section } : undefined, signal);
  const planned = sortParentsFirst(valid.filter(({ outcome }) => outcome === 'new'));
  const creators = planned.flatMap(({ annotation }) => creatorOf(annotation) ?? []);
  const authors = await matchAuthors(viewer, group.slug, creators);
  const stated = planned.some(({ annotation }) => statedAssignmentOf(annotation) !== null);
  const found = stated || source.assignments.length > 0;
  const { known: had, fresh: assignments } = found
    ? await planAssignments(viewer, group.slug, source.assignments)
    : { known: new Set<string>(), fresh: [] };
  const ids = new Set([...had, ...assignments.map(({ id }) => id)]);
  await buildRows(group.slug, planned, { authors, assignments: ids }, signal);
  const { format, remarks } = source;
  const rows = planned.flatMap(({ row }) => row ?? []);
  return { format, items, remarks, rows, authors, known, assignments };
}

/** Marks what the group has already: by an id of its own, or by an IRI that both have elsewhere. */
async function markDuplicates(
  viewer: Viewer,
  { groupId, slug }: { groupId: string; slug: string },
  items: ImportItem[],
  signal: AbortSignal | undefined,
): Promise<KnownAnnotation[]> {
  const giveTurn = createPacer(signal);
  const ownId = (iri: string) => (iri.startsWith(containerIri(slug)) ? annotationId(iri) : null);
  const idsOf = ({ iri, origins }: ImportItem) =>
    [iri, ...origins].flatMap((name) => (name && ownId(name)) || []).filter(isId);
  // What an item answers may be in the group, too.
  const answered = new Set<string>();
  for (const { annotation } of items) {
    await giveTurn();
    for (const { source } of targetsOf(annotation)) answered.add(source);
  }
  const ids = [
    ...items.flatMap(idsOf),
    ...[...answered].flatMap((source) => ownId(source) ?? []).filter(isId),
  ];
  const origins = [...items.flatMap(({ origins }) => origins), ...answered];
  const known = await listKnownAnnotations(viewer, groupId, [...new Set(ids)], [...new Set(origins)]);
  const knownNames = new Set(known.flatMap(({ id, origins }) => [id, ...origins]));
  const seen = new Set<string>();
  for (const item of items) {
    await giveTurn();
    const names = [...idsOf(item), ...item.origins];
    const isRepeated = item.iri !== null && seen.has(item.iri);
    if (isRepeated || names.some((name) => knownNames.has(name))) item.outcome = 'duplicate';
    if (item.iri !== null) seen.add(item.iri);
  }
  return known;
}
