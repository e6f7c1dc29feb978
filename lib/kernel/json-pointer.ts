/** One step of a JSON pointer with its slash: the reference token, escaped (RFC 6901 §3). */
export function pointerToken(name: PropertyKey): string {
  return `/${String(name).replace(/~/g, '~0').replace(/\//g, '~1')}`;
}

/** The JSON pointer of a path from the root of a document (RFC 6901 §3); '' for the root itself. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map(pointerToken).join('');
}
