import {
  type AnnotationRow,
  type ImportedAnnotation,
  type KnownAnnotation,
  listKnownAnnotations,
  selectTakenIds,
} from '@/lib/annotation';
import { stateSchema } from '@/lib/annotation/schema';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, type FieldError } from '@/lib/kernel/errors';
import { isId, newIdAt } from '@/lib/kernel/ids';
import { createPacer } from '@/lib/kernel/pacer';
import { type ResolvedTargets, resolveExternalTargets } from '@/lib/target';
import {
  ANNO_CONTEXT,
  annotationId,
  containerIri,
  contentOf,
  externalTargetsOf,
  type IncomingAnnotation,
  kindOfAnnotation,
  originsOf,
  SCHOLION_NS,
  STATUS_FLAGS,
  targetsOf,
  toJsonLd,
  validateAnnotation,
  withIdAsVia,
} from '@/lib/w3c';
import type { ImportSource } from './import-source';
import { type Authors, creatorOf, matchAuthors } from './match-authors';
import { exportingAddressOf, rewriteIris } from './rewrite-iris';
import type { ImportOptions, ImportResultLine } from './schema';

type Group = { groupId: string; slug: string };
type Fault = { pointer: string; detail: string; values?: Record<string, string | number> };

/** One annotation of a file on its way to a row. */
type Item = {
  at: string;
  annotation: IncomingAnnotation;
  iri: string | null;
  origins: string[];
  outcome: ImportResultLine['outcome'];
  errors: Fault[];
  /** What it answers: another of the file, or one that is in the group. */
  parent: Item | KnownAnnotation | null;
  placing: ResolvedTargets | null;
  note: ImportedAnnotation | null;
};

/** What an import would do: the rows, in an order in which they can be written, and what to tell of each. */
export type Plan = {
  format: ImportSource['format'];
  items: Item[];
  notes: ImportedAnnotation[];
  authors: Authors;
  /** Annotations of the group that the file has too. */
  known: KnownAnnotation[];
};

/** Reads what a file asks for against a group and the editions here; stores nothing. */
export async function planImport(
  viewer: Viewer,
  group: Group,
  source: ImportSource,
  { edition, section }: ImportOptions,
): Promise<Plan> {
  const giveTurn = createPacer();
  const home = exportingAddressOf(source.items);
  const items: Item[] = [];
  for (const { pointer, annotation } of source.items) {
    await giveTurn();
    items.push(itemOf(pointer, annotation, home));
  }
  const valid = items.filter(({ errors }) => errors.length === 0);
  const known = await markDuplicates(viewer, group, valid);
  const fresh = valid.filter(({ outcome }) => outcome === 'new');
  await place(items, fresh, known, edition && section ? { edition, section } : undefined);
  const good = inOrder(fresh.filter(({ errors }) => errors.length === 0));
  const authors = await matchAuthors(
    viewer,
    group.slug,
    good.flatMap(({ annotation }) => creatorOf(annotation) ?? []),
  );
  await writeNotes(group, good, authors);
  const notes = good.flatMap(({ note }) => note ?? []);
  return { format: source.format, items, notes, authors, known };
}

function itemOf(at: string, given: object, home: string | null): Item {
  const annotation = (home ? rewriteIris(given as IncomingAnnotation, home) : given) as IncomingAnnotation;
  const item = { at, annotation, iri: null, origins: [], parent: null, placing: null, note: null };
  try {
    // A page says the context for all that it holds (§5.2).
    validateAnnotation('@context' in annotation ? annotation : { '@context': ANNO_CONTEXT, ...annotation });
    const iri = typeof annotation.id === 'string' ? annotation.id : null;
    return { ...item, iri, origins: originsOf(given as IncomingAnnotation), outcome: 'new', errors: [] };
  } catch (error) {
    return { ...item, outcome: 'refused', errors: faultsIn(error) };
  }
}

function faultsIn(error: unknown): FieldError[] {
  if (error instanceof AppError && error.code === 'invalid') return error.errors;
  throw error;
}

/** Marks what the group has already: by an id of its own, or by what both are called elsewhere. */
async function markDuplicates(
  viewer: Viewer,
  { groupId, slug }: Group,
  items: Item[],
): Promise<KnownAnnotation[]> {
  const own = (iri: string) => (iri.startsWith(containerIri(slug)) ? annotationId(iri) : null);
  const idsOf = ({ iri, origins }: Item) =>
    [iri, ...origins].flatMap((name) => (name && own(name)) || []).filter(isId);
  // What they answer may be here, too.
  const answered = items.flatMap(({ annotation }) => targetsOf(annotation).map(({ source }) => source));
  const ids = [...items.flatMap(idsOf), ...answered.flatMap((source) => own(source) ?? []).filter(isId)];
  const names = [...items.flatMap(({ origins }) => origins), ...answered];
  const known = await listKnownAnnotations(viewer, groupId, [...new Set(ids)], [...new Set(names)]);
  const here = new Set(known.flatMap(({ id, origins }) => [id, ...origins]));
  const seen = new Set<string>();
  for (const item of items) {
    const called = [...idsOf(item), ...item.origins];
    const isTwice = item.iri !== null && seen.has(item.iri);
    if (isTwice || called.some((name) => here.has(name))) item.outcome = 'duplicate';
    if (item.iri !== null) seen.add(item.iri);
  }
  return known;
}

/** Finds what each annotation answers, or where it stands in the text. */
async function place(
  items: Item[],
  fresh: Item[],
  known: KnownAnnotation[],
  elsewhere: { edition: string; section: string } | undefined,
): Promise<void> {
  const named = new Map<string, Item | KnownAnnotation>();
  for (const one of known) for (const name of [one.id, ...one.origins]) named.set(name, one);
  for (const item of items) {
    if (item.outcome !== 'new') continue;
    for (const name of item.iri === null ? item.origins : [...item.origins, item.iri]) {
      if (!named.has(name)) named.set(name, item);
    }
  }
  const giveTurn = createPacer();
  for (const item of fresh) {
    await giveTurn();
    const targets = targetsOf(item.annotation);
    const [only] = targets;
    const answered = targets.length === 1 && only ? only.source : null;
    const id = answered && annotationId(answered);
    const parent = (answered && named.get(answered)) ?? (id ? named.get(id) : undefined);
    if (parent && parent !== item) {
      item.parent = parent;
      continue;
    }
    try {
      if (id) throw missing();
      item.placing = await resolveExternalTargets(externalTargetsOf(targets, elsewhere));
    } catch (error) {
      item.errors = faultsIn(error);
      item.outcome = 'refused';
    }
  }
}

function missing(): AppError {
  const detail = 'What this answers is neither in the file nor in this group.';
  return new AppError('invalid', 'Some fields are not right.', { errors: [{ pointer: '/target', detail }] });
}

const isItem = (one: Item | KnownAnnotation | null): one is Item => one !== null && 'annotation' in one;

/** Roots first, and every answer after what it answers; in the order of the file otherwise. What answers itself, or nothing that will be written, is refused. */
function inOrder(items: Item[]): Item[] {
  const waiting = new Map<Item, Item[]>();
  const ready: Item[] = [];
  for (const item of items) {
    if (!isItem(item.parent)) ready.push(item);
    else {
      const answers = waiting.get(item.parent) ?? [];
      answers.push(item);
      waiting.set(item.parent, answers);
    }
  }
  // A list that grows while it is walked: what is ready makes its answers ready.
  for (const item of ready) {
    for (const answer of waiting.get(item) ?? []) ready.push(answer);
    waiting.delete(item);
  }
  for (const item of [...waiting.values()].flat()) {
    item.errors = missing().errors;
    item.outcome = 'refused';
  }
  return ready;
}

/** Makes the rows. Who was here under the same id stays under it, unless another has it. */
async function writeNotes({ slug }: Group, items: Item[], authors: Authors): Promise<void> {
  const wished = items.map(({ iri }) => annotationId(iri ?? '')).map((id) => (id && isId(id) ? id : null));
  const taken = await selectTakenIds(wished.filter((id) => id !== null));
  const giveTurn = createPacer();
  for (const [i, item] of items.entries()) {
    await giveTurn();
    const wish = wished[i] ?? null;
    const created = timeOf(item.annotation.created) ?? Date.now();
    const isKept = wish !== null && !taken.has(wish);
    const id = isKept ? wish : newIdAt(created);
    if (wish) taken.add(wish);
    item.note = noteOf(item, { id, isKept, created, slug }, authors);
  }
}

function noteOf(
  item: Item,
  { id, isKept, created, slug }: { id: string; isKept: boolean; created: number; slug: string },
  authors: Authors,
): ImportedAnnotation {
  const { annotation, parent, placing } = item;
  const author = authors.of(creatorOf(annotation));
  const at = parentOf(parent) ?? placing;
  if (!at) throw new Error('An annotation answers something or stands somewhere.');
  const { edition, section } = at;
  const flags = Object.fromEntries(
    STATUS_FLAGS.map((flag) => [flag, annotation[`${SCHOLION_NS}${flag}`] === true]),
  );
  const reason = annotation[`${SCHOLION_NS}reason`];
  const note: ImportedAnnotation = {
    id,
    rootId: parentOf(parent)?.rootId ?? id,
    parentId: parentOf(parent)?.id ?? null,
    authorId: author.userId,
    edition,
    section,
    revision: placing?.revision ?? null,
    kind: kindOfAnnotation(annotation),
    ...contentOf(annotation),
    state: stateSchema.safeParse(annotation[`${SCHOLION_NS}state`]).data ?? 'published',
    reason: typeof reason === 'string' ? reason : null,
    ...(flags as Record<(typeof STATUS_FLAGS)[number], boolean>),
    createdAt: new Date(created),
    modifiedAt: new Date(timeOf(annotation.modified) ?? created),
    received: null,
    origins: item.origins,
    passages: placing?.passages ?? [],
    regions: placing?.regions ?? [],
  };
  note.received = receivedAs(note, { annotation, slug, name: author.as ?? author.name, isKept });
  return note;
}

function parentOf(
  parent: Item | KnownAnnotation | null,
): { id: string; rootId: string; edition: string; section: string } | null {
  return isItem(parent) ? parent.note : parent;
}

/** The annotation as it came, or null where the row gives it back as it came. An id that it cannot keep becomes a `via`. */
function receivedAs(
  note: ImportedAnnotation,
  {
    annotation,
    slug,
    name,
    isKept,
  }: { annotation: IncomingAnnotation; slug: string; name: string; isKept: boolean },
): string | null {
  const regions = note.regions.map(({ imageId, ...region }) => ({ ...region, image: imageId }));
  const row = { ...note, regions, groupSlug: slug, authorName: name } as unknown as AnnotationRow;
  const given = { '@context': ANNO_CONTEXT, ...annotation };
  if (JSON.stringify(toJsonLd(row)) === JSON.stringify(given)) return null;
  return JSON.stringify(isKept ? annotation : withIdAsVia(annotation));
}

/** A moment in milliseconds since 1970; null where there is none. */
function timeOf(value: unknown): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
