import { v5, v7, validate, version } from 'uuid';

/** A new id: UUIDv7 (RFC 9562 §5.7), so that ids sort by time of creation. */
export function newId(): string {
  return v7();
}

/**
 * A new id that sorts by `time`, in milliseconds since 1970 (RFC 9562 §5.7). Ids of one moment sort by `sequence`, from
 * 0, so that a file's order stays.
 */
export function newIdAt(time: number, sequence: number): string {
  return v7({ msecs: time, seq: sequence });
}

/** The moment in an id of version 7, in milliseconds since 1970; null for an id of another version. */
export function timeOfId(id: string): number | null {
  return version(id) === 7 ? Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) : null;
}

/** The id that belongs to this IRI (UUIDv5 in the URL namespace, RFC 9562 §5.5). */
export function idOfIri(iri: string): string {
  return v5(iri, v5.URL);
}

/** Whether `text` is a UUID of any version. Check it before a statement, which throws on other texts. */
export function isId(text: string): boolean {
  return validate(text);
}
