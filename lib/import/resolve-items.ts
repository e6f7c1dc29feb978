import type { KnownAnnotation } from '@/lib/annotation';
import type { Viewer } from '@/lib/identity/schema';
import { type AppError, invalidFields } from '@/lib/kernel/errors';
import { createPacer } from '@/lib/kernel/pacer';
import { resolveExternalTargets } from '@/lib/target';
import {
  type AnnotationTarget,
  annotationId,
  externalTargetsOf,
  statedSectionOf,
  targetsOf,
} from '@/lib/w3c';
import { fieldErrorsOf, type ImportItem, isImportItem } from './import-item';

/**
 * Finds the parent of each new item among `items` and the annotations of the group, and the targets of the others.
 * Targets that name no section of ours are looked for in the one that the annotation names beside them, else in
 * `fallback`, if the import names one.
 */
export async function resolveItems(
  viewer: Viewer,
  items: ImportItem[],
  known: KnownAnnotation[],
  fallback: { edition: string; section: string } | undefined,
  signal?: AbortSignal,
): Promise<void> {
  const fresh = items.filter(({ outcome }) => outcome === 'new');
  const byIri = indexByIri(fresh, known);
  const refused = new Set(
    items.flatMap(({ outcome, iri }) => (outcome === 'refused' && iri !== null ? [iri] : [])),
  );
  const giveTurn = createPacer(signal);
  const resolveIn = (section: typeof fallback, targets: AnnotationTarget[]) =>
    resolveExternalTargets(viewer, externalTargetsOf(targets, section));
  // The edition that an annotation names may be missing here.
  const resolve = async (stated: typeof fallback, targets: AnnotationTarget[]) => {
    if (!stated || !fallback) return resolveIn(stated ?? fallback, targets);
    return (await resolveIn(stated, targets).catch(ignoreInvalid)) ?? resolveIn(fallback, targets);
  };
  for (const item of fresh) {
    await giveTurn();
    const targets = targetsOf(item.annotation);
    const [only] = targets;
    const answered = targets.length === 1 && only ? only.source : null;
    const id = answered && annotationId(answered);
    const parent = (answered && byIri.get(answered)) ?? (id ? byIri.get(id) : undefined);
    if (parent && parent !== item) {
      item.parent = parent;
      continue;
    }
    try {
      if (id || (answered !== null && refused.has(answered))) throw parentNotFound();
      item.targets = await resolve(statedSectionOf(item.annotation), targets);
    } catch (error) {
      item.errors = fieldErrorsOf(error);
      item.outcome = 'refused';
    }
  }
}

/** Null in place of a refusal; everything else is thrown again. */
function ignoreInvalid(error: unknown): null {
  fieldErrorsOf(error);
  return null;
}

/** What can be answered, by each IRI or id that it has. The group's own come first, then the file's in its order. */
function indexByIri(
  items: ImportItem[],
  known: KnownAnnotation[],
): Map<string, ImportItem | KnownAnnotation> {
  const byIri = new Map<string, ImportItem | KnownAnnotation>();
  for (const annotation of known) {
    for (const iri of [annotation.id, ...annotation.origins]) byIri.set(iri, annotation);
  }
  for (const item of items) {
    for (const iri of item.iri === null ? item.origins : [...item.origins, item.iri]) {
      if (!byIri.has(iri)) byIri.set(iri, item);
    }
  }
  return byIri;
}

/**
 * The items in an order in which they can be written: parents before what answers them, otherwise as in the file. An
 * item whose parent will not be written, or that answers itself, is refused.
 */
export function sortParentsFirst(items: ImportItem[]): ImportItem[] {
  const repliesOf = new Map<ImportItem, ImportItem[]>();
  const sorted: ImportItem[] = [];
  for (const item of items) {
    if (!isImportItem(item.parent)) sorted.push(item);
    else {
      const replies = repliesOf.get(item.parent) ?? [];
      replies.push(item);
      repliesOf.set(item.parent, replies);
    }
  }
  // The list grows while it is walked, because each item that is sorted lets its replies follow.
  for (const item of sorted) {
    for (const reply of repliesOf.get(item) ?? []) sorted.push(reply);
    repliesOf.delete(item);
  }
  for (const item of [...repliesOf.values()].flat()) {
    item.errors = parentNotFound().errors;
    item.outcome = 'refused';
  }
  return sorted;
}

function parentNotFound(): AppError {
  const detail = 'What this answers is neither in the file nor in this group.';
  return invalidFields([{ pointer: '/target', detail }]);
}
