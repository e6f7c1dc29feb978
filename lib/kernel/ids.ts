import { v7, validate } from 'uuid';

/** A new id: UUIDv7 (RFC 9562 §5.7), so that sorting by id is sorting by time of creation. */
export function newId(): string {
  return v7();
}

/** Whether `text` is a UUID, in any of its versions. Ask before the database does: it throws on others. */
export function isId(text: string): boolean {
  return validate(text);
}
