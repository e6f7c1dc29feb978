/** The DOCTYPE of a source, before its root: `[start, end)` in code units, its inner subset, and whether it names a DTD elsewhere. */
export function findDoctype(
  source: string,
): { start: number; end: number; subset: string; isOutside: boolean } | null {
  const prolog = /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/.exec(source)?.[0].length ?? 0;
  if (!source.startsWith('<!DOCTYPE', prolog)) return null;
  let at = prolog + 9;
  let subsetAt = -1;
  let subset = '';
  while (at < source.length) {
    const character = source[at];
    if (character === '"' || character === "'") {
      const close = source.indexOf(character, at + 1);
      if (close < 0) return null;
      at = close + 1;
    } else if (source.startsWith('<!--', at)) {
      const close = source.indexOf('-->', at + 4);
      if (close < 0) return null;
      at = close + 3;
    } else if (character === '[' && subsetAt < 0) {
      subsetAt = ++at;
    } else if (character === ']' && subsetAt >= 0) {
      subset = source.slice(subsetAt, at);
      subsetAt = Number.MAX_SAFE_INTEGER;
      at++;
    } else if (character === '>' && (subsetAt < 0 || subsetAt === Number.MAX_SAFE_INTEGER)) {
      const isOutside = /^<!DOCTYPE\s+\S+\s+(?:SYSTEM|PUBLIC)\s/.test(source.slice(prolog, prolog + 500));
      return { start: prolog, end: at + 1, subset, isOutside };
    } else at++;
  }
  return null;
}
