import { AppError } from '@/lib/kernel/errors';

/** The annotations of a file, each with its place in it (RFC 6901), as Web Annotations. */
export type Source = {
  format: 'w3c' | 'hypothesis' | 'recogito';
  items: { pointer: string; annotation: object }[];
};

type Json = Record<string, unknown>;

/**
 * Finds the annotations in the JSON of a file: a Web Annotation, a list of them, an AnnotationCollection or an
 * AnnotationPage (W3C Annotation Model §5). Throws invalid where there are none.
 */
export function readImport(json: unknown): Source {
  const items = [...annotationsIn(json, '')];
  if (items.length === 0 && !Array.isArray(json)) {
    throw new AppError('invalid', 'This file has no annotations that can be read.');
  }
  return { format: 'w3c', items };
}

function* annotationsIn(json: unknown, pointer: string): Generator<Source['items'][number]> {
  if (Array.isArray(json)) {
    for (const [i, one] of json.entries()) yield* annotationsIn(one, `${pointer}/${i}`);
    return;
  }
  if (typeof json !== 'object' || json === null) return;
  const { first, items, type } = json as Json;
  if (first) yield* annotationsIn(first, `${pointer}/first`);
  else if (Array.isArray(items) && !isAnnotation(type)) yield* annotationsIn(items, `${pointer}/items`);
  else if (type !== undefined) yield { pointer, annotation: json };
}

function isAnnotation(type: unknown): boolean {
  return [type].flat().includes('Annotation');
}
