import type { ImportedAnnotation, KnownAnnotation } from '@/lib/annotation';
import { AppError, type FieldError } from '@/lib/kernel/errors';
import { isObject } from '@/lib/kernel/json';
import type { ResolvedTargets } from '@/lib/target';
import { ANNO_CONTEXT, type IncomingAnnotation, originsOf, validateAnnotation } from '@/lib/w3c';
import { rewriteIris } from './rewrite-iris';
import type { ImportResultLine } from './schema';

/** One annotation of a file on its way to a row. Each step of `planImport` fills in what it finds out. */
export type ImportItem = {
  /** Where it is in the file: a JSON pointer (RFC 6901), or a line. */
  at: string;
  annotation: IncomingAnnotation;
  iri: string | null;
  /** The IRIs that it has elsewhere. */
  origins: string[];
  outcome: ImportResultLine['outcome'];
  errors: FieldError[];
  /** What it answers: another annotation of the file, or one of the group. */
  parent: ImportItem | KnownAnnotation | null;
  /** What it is on, unless it answers something. */
  targets: ResolvedTargets | null;
  row: ImportedAnnotation | null;
  /** Whether it is, or stands below, an answer for the author of what it answers and staff alone. */
  isPrivateWord: boolean;
};

const EMPTY = {
  ...{ iri: null, origins: [], parent: null, targets: null, row: null },
  isPrivateWord: false,
};

/** The item of a line that is not JSON: refused, and left out where what is wrong is. */
export function brokenItem(at: string, line: number): ImportItem {
  const errors = [{ pointer: '', detail: 'Line {line} is not JSON.', values: { line } }];
  return { ...EMPTY, at, annotation: {} as IncomingAnnotation, outcome: 'refused', errors };
}

/**
 * The item of an annotation at `at`, refused with its faults where it is no valid Web Annotation. IRIs of the server at
 * the address `home`, which exported the file, become our own; null where none did.
 */
export async function parseItem(at: string, given: object, home: string | null): Promise<ImportItem> {
  const isNone = !isObject(given);
  const annotation = (home && !isNone ? rewriteIris(given, home) : given) as IncomingAnnotation;
  const item = { ...EMPTY, at, annotation };
  try {
    // A page states the context of all its annotations (W3C Annotation Model §5.2).
    await validateAnnotation(
      isNone || '@context' in annotation ? annotation : { '@context': ANNO_CONTEXT, ...annotation },
    );
    const iri = typeof annotation.id === 'string' ? annotation.id : null;
    return { ...item, iri, origins: originsOf(given as IncomingAnnotation), outcome: 'new', errors: [] };
  } catch (error) {
    const iri = isObject(annotation) && typeof annotation.id === 'string' ? annotation.id : null;
    return { ...item, iri, outcome: 'refused', errors: fieldErrorsOf(error) };
  }
}

/** The entries of a refusal; everything else that is thrown is a defect, and is thrown again. */
export function fieldErrorsOf(error: unknown): FieldError[] {
  if (error instanceof AppError && error.code === 'invalid') return error.errors;
  throw error;
}

/** Whether a parent is another annotation of the file. */
export function isImportItem(parent: ImportItem | KnownAnnotation | null): parent is ImportItem {
  return parent !== null && 'annotation' in parent;
}
