/** What changed between two texts, word by word. Pure; loaded only with the history of a note. */

export interface Change {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Longest texts, in words, that are compared word by word; longer ones are shown as wholly replaced. */
const LIMIT = 3000;

/** The shortest way from `before` to `after` in words and white space, neighbours of a kind joined. */
export function diffWords(before: string, after: string): Change[] {
  const a = before.match(/\s+|[^\s]+/g) ?? [];
  const b = after.match(/\s+|[^\s]+/g) ?? [];
  const changes: Change[] = [];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  add(changes, 'same', a.slice(0, head));
  middle(changes, a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  add(changes, 'same', a.slice(a.length - tail));
  return changes;
}

function middle(changes: Change[], a: string[], b: string[]): void {
  if (a.length * b.length > LIMIT * LIMIT) {
    add(changes, 'removed', a);
    add(changes, 'added', b);
    return;
  }
  // common[i][j]: length of the longest common run of a[i…] and b[j…].
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const skip = Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
      common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1]! + 1 : skip;
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add(changes, 'same', [a[i++]!]);
      j++;
    } else if (
      i < a.length &&
      (j === b.length || common[(i + 1) * width + j]! >= common[i * width + j + 1]!)
    ) {
      add(changes, 'removed', [a[i++]!]);
    } else add(changes, 'added', [b[j++]!]);
  }
}

function add(changes: Change[], kind: Change['kind'], words: string[]): void {
  if (words.length === 0) return;
  const last = changes.at(-1);
  if (last?.kind === kind) last.text += words.join('');
  else changes.push({ kind, text: words.join('') });
}
