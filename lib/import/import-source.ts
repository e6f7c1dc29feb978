/** The annotations of a file, each with its place in it (RFC 6901), as Web Annotations. */
export type ImportSource = {
  format: 'w3c' | 'hypothesis' | 'recogito';
  items: { pointer: string; annotation: object }[];
};
