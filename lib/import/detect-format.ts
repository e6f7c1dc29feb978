import { AppError, type FieldError } from '@/lib/kernel/errors';
import { isObject } from '@/lib/kernel/json';
import { ANNO_CONTEXT, LDP_CONTEXT } from '@/lib/w3c/schema';
import { findHypothesisRows, fromHypothesis } from './hypothesis';
import type { ImportSource } from './import-source';
import { findRecogitoAnnotations, fromRecogito } from './recogito';

/**
 * Finds the annotations in the JSON of a file. A Web Annotation, a list of them, an AnnotationCollection and an
 * AnnotationPage (W3C Annotation Model §5) are taken unchanged; Hypothesis and Recogito JSON is converted, with the
 * sources that it had. Validation is left to `validateAnnotation`. Throws invalid where there are no annotations, or
 * where an item of a list is not an object.
 */
export function detectFormat(json: unknown): ImportSource {
  const rows = findHypothesisRows(json);
  if (rows) return { format: 'hypothesis', items: fromHypothesis(rows) };
  const annotations = findRecogitoAnnotations(json);
  if (annotations) return { format: 'recogito', items: fromRecogito(annotations) };
  const errors: FieldError[] = [];
  const items = [...annotationsIn(json, '', undefined, { errors, depth: 0 })];
  if (errors.length > 0) {
    throw new AppError('invalid', 'Some annotations of this file cannot be kept here. Nothing was stored.', {
      errors: errors.slice(0, MAX_ERRORS),
    });
  }
  if (items.length > 0 || Array.isArray(json)) return { format: 'w3c', items };
  throw new AppError(
    'invalid',
    'No annotations here: a file may be JSON-LD of the W3C, or JSON of Hypothesis or Recogito.',
  );
}

/** Greatest nesting of pages and lists. */
const MAX_DEPTH = 100;
const MAX_ERRORS = 100;

/** The annotations below `json`: pages are in collections, or in each other by `next`. `outer` is the context around `json`. */
function* annotationsIn(
  json: unknown,
  pointer: string,
  outer: unknown,
  { errors, depth }: { errors: FieldError[]; depth: number },
): Generator<ImportSource['items'][number]> {
  if (depth > MAX_DEPTH) {
    errors.push({ pointer, detail: 'This is nested too deeply.' });
    return;
  }
  const inside = { errors, depth: depth + 1 };
  if (Array.isArray(json)) {
    for (const [i, item] of json.entries()) {
      if (typeof item === 'object' && item !== null)
        yield* annotationsIn(item, `${pointer}/${i}`, outer, inside);
      else errors.push({ pointer: `${pointer}/${i}`, detail: 'This must be an object.' });
    }
    return;
  }
  if (!isObject(json)) return;
  const types = [json.type].flat();
  const isContainer =
    ['first', 'items', 'next'].some((name) => name in json) && !types.includes('Annotation');
  if (!isContainer) {
    // An item of a list is taken for an annotation, which the validation may refuse; another file has no annotations.
    if (pointer !== '' || types.includes('Annotation')) yield { pointer, annotation: inContext(json, outer) };
    return;
  }
  const context = json['@context'] ?? outer;
  for (const name of ['first', 'items', 'next']) {
    if (typeof json[name] === 'object')
      yield* annotationsIn(json[name], `${pointer}/${name}`, context, inside);
  }
}

/** The annotation, with the outer context added where that has more than the W3C's own. */
function inContext(annotation: Record<string, unknown>, outer: unknown): object {
  const hasMore = [outer ?? []].flat().some((context) => context !== ANNO_CONTEXT && context !== LDP_CONTEXT);
  return hasMore && !('@context' in annotation) ? { '@context': outer, ...annotation } : annotation;
}
