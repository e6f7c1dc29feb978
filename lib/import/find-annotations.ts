import { isObject } from '@/lib/kernel/json';
import { ANNO_CONTEXT, LDP_CONTEXT } from '@/lib/w3c/schema';
import type { ImportRemark } from './import-source';

/** A value that a file gives as an annotation, its JSON pointer (RFC 6901), and the context around it. */
export type FoundAnnotation = { pointer: string; annotation: unknown; context: unknown };

/** Greatest nesting of pages and lists. */
const MAX_DEPTH = 100;

/**
 * The annotations in a file: one, a list of them, an AnnotationCollection or an AnnotationPage (W3C Annotation Model §5),
 * pages in collections and in each other by `next`. A collection that says that it has more is remarked on. Null for a
 * file of something else.
 */
export function findAnnotations(
  json: unknown,
): { annotations: FoundAnnotation[]; remarks: ImportRemark[] } | null {
  const remarks: ImportRemark[] = [];
  const annotations = [...annotationsIn(json, '', undefined, { remarks, depth: 0 })];
  return annotations.length > 0 || Array.isArray(json) || isCollection(json)
    ? { annotations, remarks }
    : null;
}

const COLLECTIONS = ['AnnotationCollection', 'AnnotationPage'];

function isCollection(json: unknown): boolean {
  return isObject(json) && typesOf(json).some((type) => COLLECTIONS.includes(type as string));
}

type Walk = { remarks: ImportRemark[]; depth: number };

function* annotationsIn(
  json: unknown,
  pointer: string,
  outer: unknown,
  { remarks, depth }: Walk,
): Generator<FoundAnnotation> {
  // What is nested deeper is no annotation, and is refused as such.
  if (depth > MAX_DEPTH) return yield { pointer, annotation: null, context: outer };
  const inside = { remarks, depth: depth + 1 };
  if (Array.isArray(json)) {
    for (const [i, item] of json.entries()) yield* annotationsIn(item, `${pointer}/${i}`, outer, inside);
    return;
  }
  const isContainer =
    isObject(json) &&
    ['first', 'items', 'next'].some((name) => name in json) &&
    !typesOf(json).includes('Annotation');
  if (!isContainer) {
    // An item of a list is taken for an annotation, which the validation may refuse; another file has no annotations.
    const isOne = isObject(json) && isAnnotation(json);
    if (pointer !== '' || isOne) yield { pointer, annotation: json, context: outer };
    return;
  }
  const context = json['@context'] ?? outer;
  let found = 0;
  for (const name of ['first', 'items', 'next']) {
    if (typeof json[name] !== 'object') continue;
    for (const annotation of annotationsIn(json[name], `${pointer}/${name}`, context, inside)) {
      found++;
      yield annotation;
    }
  }
  const { total } = json;
  if (typeof total === 'number' && total > found) remarks.push({ kind: 'cut-off', total, found });
}

/** An object with a target is one even without its type, as Annotorious writes it before it is saved. */
function isAnnotation(json: Record<string, unknown>): boolean {
  return typesOf(json).includes('Annotation') || (isObject(json.target) && Array.isArray(json.bodies));
}

function typesOf(json: Record<string, unknown>): unknown[] {
  return [json.type ?? []].flat();
}

/** Contexts that say nothing of an annotation that the model's own does not say; IIIF's repeats it (Presentation API 3 §4.6). */
const IMPLIED = /^https?:\/\/iiif\.io\/api\/presentation\/\d+\/context\.json$/;

/**
 * The annotation with the context around it, where that has more than the model's own; a context that lacks the model's
 * gets it, because the annotation is read by that.
 */
export function inContext({ annotation, context }: FoundAnnotation): unknown {
  if (!isObject(annotation)) return annotation;
  const { '@context': own } = annotation;
  if (own !== undefined) {
    const whole = withModel(own);
    return whole === own ? annotation : { ...annotation, '@context': whole };
  }
  const more = [context ?? []].flat().filter((name) => !isImplied(name));
  return more.length === 0 ? annotation : { '@context': withModel(context), ...annotation };
}

function isImplied(name: unknown): boolean {
  return name === ANNO_CONTEXT || name === LDP_CONTEXT || (typeof name === 'string' && IMPLIED.test(name));
}

function withModel(context: unknown): unknown {
  const names = [context].flat();
  if (names.includes(ANNO_CONTEXT)) return names.length === 1 ? ANNO_CONTEXT : context;
  return [ANNO_CONTEXT, ...names];
}
