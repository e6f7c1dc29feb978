/** What a person should know of a file before bringing it in: it says itself that it has only a part of a longer list. */
export type ImportRemark = { kind: 'cut-off'; total: number; found: number };

/** An annotation of a file; `brokenLine` is the number of a line that is not JSON, in the place of one. */
export type SourceItem = { pointer: string; annotation: object; brokenLine?: number };

/** The annotations of a file, each with its place in it (RFC 6901), as Web Annotations, and what to remark on it. */
export type ImportSource = {
  format: 'w3c' | 'hypothesis' | 'recogito';
  items: SourceItem[];
  remarks: ImportRemark[];
  /** What it says of the assignments of its group, not yet checked. */
  assignments: unknown[];
};
