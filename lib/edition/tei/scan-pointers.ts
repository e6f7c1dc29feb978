/** Which ids are pointed to, and which are those of notes: a pass over the source, since pointers also lead ahead. */
export function scanPointers(source: string): {
  referenced: Set<string>;
  noteIds: Set<string>;
  texts: number;
} {
  const referenced = new Set<string>();
  for (const [, id] of source.matchAll(/["'\s]#([^\s"'#<>]+)/g)) referenced.add(id as string);
  // Pointers of TEI P4, JATS and DocBook have no “#”.
  for (const [, id] of source.matchAll(
    /\s(?:target|TARGET|rid|linkend)\s*=\s*["']([\p{L}_][\p{L}\p{N}_.-]*)["']/gu,
  )) {
    referenced.add(id as string);
  }
  const noteIds = new Set<string>();
  for (const [, id] of source.matchAll(
    /<(?:[\w.-]+:)?(?:note|fn|footnote|NOTE)\b[^<>]*?\s(?:xml:)?(?:id|ID)\s*=\s*["']([^"']+)["']/g,
  )) {
    noteIds.add(id as string);
  }
  return {
    referenced,
    noteIds,
    texts: source.match(/<(?:[\w.-]+:)?(?:text|body|TEXT|BODY)[\s>]/g)?.length ?? 0,
  };
}
