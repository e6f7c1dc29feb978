import { AppError, type FieldError } from '@/lib/kernel/errors';
import { isObject } from '@/lib/kernel/json';
import { ANNO_CONTEXT, LDP_CONTEXT } from '@/lib/w3c/schema';
import { findHypothesisRows, fromHypothesis } from './hypothesis';
import type { ImportSource } from './import-source';
import { findRecogitoAnnotations, fromRecogito } from './recogito';

/**
 * Finds the annotations in the JSON of a file: a Web Annotation, a list of them, an AnnotationCollection or an
 * AnnotationPage (W3C Annotation Model §5), untouched; what Hypothesis and Recogito export, as Web Annotations whose
 * sources are still the pages that were annotated there. Whether each is valid is for `validateAnnotation` to say. Throws
 * invalid where there are none, or where something in a list is no annotation at all.
 */
export function detectFormat(json: unknown): ImportSource {
  const rows = findHypothesisRows(json);
  if (rows) return { format: 'hypothesis', items: fromHypothesis(rows) };
  const annotations = findRecogitoAnnotations(json);
  if (annotations) return { format: 'recogito', items: fromRecogito(annotations) };
  const faults: FieldError[] = [];
  const items = [...annotationsIn(json, '', undefined, { faults, depth: 0 })];
  if (faults.length > 0) {
    throw new AppError('invalid', 'Some annotations of this file cannot be kept here. Nothing was stored.', {
      errors: faults.slice(0, MOST_FAULTS),
    });
  }
  if (items.length > 0 || Array.isArray(json)) return { format: 'w3c', items };
  throw new AppError(
    'invalid',
    'No annotations here: a file may be JSON-LD of the W3C, or JSON of Hypothesis or Recogito.',
  );
}

/** Pages that may stand in one another, and lists. */
const DEEPEST = 100;
const MOST_FAULTS = 100;

/** Pages are within collections, or within one another by `next`; a context is said once for all that is inside. */
function* annotationsIn(
  json: unknown,
  pointer: string,
  outer: unknown,
  { faults, depth }: { faults: FieldError[]; depth: number },
): Generator<ImportSource['items'][number]> {
  if (depth > DEEPEST) {
    faults.push({ pointer, detail: 'This is nested too deeply.' });
    return;
  }
  const inside = { faults, depth: depth + 1 };
  if (Array.isArray(json)) {
    for (const [i, one] of json.entries()) {
      if (typeof one === 'object' && one !== null)
        yield* annotationsIn(one, `${pointer}/${i}`, outer, inside);
      else faults.push({ pointer: `${pointer}/${i}`, detail: 'This must be an object.' });
    }
    return;
  }
  if (!isObject(json)) return;
  const types = [json.type].flat();
  const isContainer =
    ['first', 'items', 'next'].some((name) => name in json) && !types.includes('Annotation');
  if (!isContainer) {
    // Something inside a list is refused for what it lacks; a file that is something else has no annotations.
    if (pointer !== '' || types.includes('Annotation')) yield { pointer, annotation: inContext(json, outer) };
    return;
  }
  const context = json['@context'] ?? outer;
  for (const name of ['first', 'items', 'next']) {
    if (typeof json[name] === 'object')
      yield* annotationsIn(json[name], `${pointer}/${name}`, context, inside);
  }
}

/** An annotation of a list whose context says more than the W3C's own: with that context, and else untouched. */
function inContext(annotation: Record<string, unknown>, outer: unknown): object {
  const more = [outer ?? []].flat().some((context) => context !== ANNO_CONTEXT && context !== LDP_CONTEXT);
  return more && !('@context' in annotation) ? { '@context': outer, ...annotation } : annotation;
}
