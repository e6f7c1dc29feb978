import {
  type AnnotationRow,
  type ImportedAnnotation,
  type KnownAnnotation,
  selectTakenIds,
} from '@/lib/annotation';
import { isNarrower, stateSchema, type Visibility } from '@/lib/annotation/schema';
import { isId, newIdAt, timeOfId } from '@/lib/kernel/ids';
import { createPacer } from '@/lib/kernel/pacer';
import {
  ANNO_CONTEXT,
  annotationId,
  contentOf,
  convertHtml,
  createdOf,
  type IncomingAnnotation,
  kindOfAnnotation,
  modifiedOf,
  SCHOLION_NS,
  STATUS_FLAGS,
  statedAssignmentOf,
  toJsonLd,
  withIdAsVia,
} from '@/lib/w3c';
import { type ImportItem, isImportItem } from './import-item';
import { type Authors, creatorOf } from './match-authors';

/** Who wrote the items, and the ids of the assignments that the group has or gets with them. */
export type KnownOfGroup = { authors: Authors; assignments: ReadonlySet<string> };

/** Gives each item its row. An annotation keeps the id that it had on a server of ours, unless another has it here. */
export async function buildRows(
  slug: string,
  items: ImportItem[],
  known: KnownOfGroup,
  signal?: AbortSignal,
): Promise<void> {
  const wished = items.map(({ iri }) => {
    const id = iri === null ? null : annotationId(iri);
    return id && isId(id) ? id : null;
  });
  const taken = await selectTakenIds(wished.filter((id) => id !== null));
  const giveTurn = createPacer(signal);
  for (const [i, item] of items.entries()) {
    await giveTurn();
    // It was known when the item was parsed; of a large file not all is kept.
    await convertHtml([item.annotation]);
    const wish = wished[i] ?? null;
    const created = createdOf(item.annotation) ?? Date.now();
    const isKept = wish !== null && !taken.has(wish);
    // What came from a server of ours keeps the moment by which it was sorted there.
    const id = isKept ? wish : newIdAt((wish === null ? null : timeOfId(wish)) ?? created, i);
    if (wish) taken.add(wish);
    item.row = rowOf(item, { id, isKept, created, slug }, known);
    item.isPrivateWord = item.parent?.isPrivateWord === true || item.row.visibility === 'author';
  }
}

/** The row of an item; `created` is a moment in milliseconds since 1970. */
function rowOf(
  item: ImportItem,
  { id, isKept, created, slug }: { id: string; isKept: boolean; created: number; slug: string },
  { authors, assignments }: KnownOfGroup,
): ImportedAnnotation {
  const { annotation, targets } = item;
  const author = authors.of(creatorOf(annotation));
  const parent = parentRowOf(item.parent);
  const home = parent ?? targets;
  if (!home) throw new Error('An annotation answers something or has a target.');
  const content = contentOf(annotation);
  const flags = Object.fromEntries(
    STATUS_FLAGS.map((flag) => [flag, annotation[`${SCHOLION_NS}${flag}`] === true]),
  );
  const stated = statedAssignmentOf(annotation);
  const assignment = stated !== null && assignments.has(stated) ? stated : null;
  const reason = annotation[`${SCHOLION_NS}reason`];
  const row: ImportedAnnotation = {
    id,
    rootId: parent?.rootId ?? id,
    parentId: parent?.id ?? null,
    authorId: author.userId,
    edition: home.edition,
    section: home.section,
    assignmentId: parent ? parent.assignmentId : assignment,
    revision: targets?.revision ?? null,
    kind: kindOfAnnotation(annotation),
    ...content,
    visibility: visibilityOf(content.visibility, item.parent),
    state: stateSchema.safeParse(annotation[`${SCHOLION_NS}state`]).data ?? 'published',
    reason: typeof reason === 'string' ? reason : null,
    ...(flags as Record<(typeof STATUS_FLAGS)[number], boolean>),
    createdAt: new Date(created),
    modifiedAt: new Date(modifiedSince(created, annotation)),
    received: null,
    origins: item.origins,
    passages: targets?.passages ?? [],
    regions: targets?.regions ?? [],
  };
  row.received = receivedJson(row, { annotation, slug, name: author.as ?? author.name, isKept });
  return row;
}

/** When an annotation was changed last; a part of it may be older than the whole. */
function modifiedSince(created: number, annotation: IncomingAnnotation): number {
  const modified = modifiedOf(annotation) ?? created;
  return annotation.modified === undefined ? Math.max(created, modified) : modified;
}

/** Only a reply is for the author of what it answers; what stands below one is for its author and staff at most. */
function visibilityOf(visibility: Visibility, parent: ImportItem['parent']): Visibility {
  if (parent === null) return visibility === 'author' ? 'staff' : visibility;
  return parent.isPrivateWord && isNarrower('author', visibility) ? 'author' : visibility;
}

type ParentRow = {
  id: string;
  rootId: string;
  edition: string;
  section: string;
  assignmentId: string | null;
};

function parentRowOf(parent: ImportItem | KnownAnnotation | null): ParentRow | null {
  return isImportItem(parent) ? parent.row : parent;
}

/**
 * The annotation as it came, or null where the row alone gives it back as it came. An id that it cannot keep becomes
 * a `via`.
 */
function receivedJson(
  row: ImportedAnnotation,
  {
    annotation,
    slug,
    name,
    isKept,
  }: { annotation: IncomingAnnotation; slug: string; name: string; isKept: boolean },
): string | null {
  const regions = row.regions.map(({ imageId, ...region }) => ({ ...region, image: imageId }));
  const stored = { ...row, regions, groupSlug: slug, authorName: name } as unknown as AnnotationRow;
  const given = { '@context': ANNO_CONTEXT, ...annotation };
  if (JSON.stringify(toJsonLd(stored)) === JSON.stringify(given)) return null;
  return JSON.stringify(isKept ? annotation : withIdAsVia(annotation));
}
