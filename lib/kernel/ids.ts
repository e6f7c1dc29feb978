import { v5, v7, validate } from 'uuid';

/** A new id: UUIDv7 (RFC 9562 §5.7), so that sorting by id is sorting by time of creation. */
export function newId(): string {
  return v7();
}

/** A new id as if made at `time` (milliseconds since 1970): it stands in the order of creation where that belongs. */
export function newIdAt(time: number): string {
  return v7({ msecs: time });
}

/** The id that always stands for this IRI (UUIDv5 in the URL namespace, RFC 9562 §5.5). */
export function idOfIri(iri: string): string {
  return v5(iri, v5.URL);
}

/** Whether `text` is a UUID, in any of its versions. Ask before the database does: it throws on others. */
export function isId(text: string): boolean {
  return validate(text);
}
