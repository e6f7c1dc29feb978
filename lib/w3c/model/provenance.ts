import { isObject, type Json } from '@/lib/kernel/json';

/**
 * The value of `name` that an annotation states: its own, else that of its first body that has one, else of its first
 * target (W3C Annotation Model §3.3.1 allows them on each). Undefined where there is none.
 */
export function statedOf(annotation: Json, name: 'creator' | 'created' | 'modified'): unknown {
  if (annotation[name] !== undefined) return annotation[name];
  const parts = [annotation.body ?? [], annotation.target ?? []].flat();
  return parts.find((part): part is Json => isObject(part) && part[name] !== undefined)?.[name];
}

/** When an annotation was written, in milliseconds since 1970, as far as it says it; null where it does not. */
export function createdOf(annotation: Json): number | null {
  return momentOf(statedOf(annotation, 'created')) ?? momentOf(statedOf(annotation, 'modified'));
}

/** When an annotation was changed last; null where it does not say it. */
export function modifiedOf(annotation: Json): number | null {
  return momentOf(statedOf(annotation, 'modified'));
}

function momentOf(value: unknown): number | null {
  const [first] = [value].flat();
  const time = typeof first === 'string' ? Date.parse(first) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
