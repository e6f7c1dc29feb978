import { run } from './word-xml';

/** A passage of a section in code points, with the number of its thread. */
export type NumberedPassage = { number: number; start: number; end: number };

/**
 * The words of a paragraph, `start` to `end` of a section's code points: passages are shaded, and where one ends stands the
 * number of its thread.
 */
export function textRuns(
  points: string[],
  { start, end, language }: { start: number; end: number; language: string },
  passages: NumberedPassage[],
): string {
  const here = passages.filter((passage) => passage.start < end && passage.end > start);
  const edges = new Set([start, end]);
  for (const passage of here) edges.add(Math.max(passage.start, start)).add(Math.min(passage.end, end));
  const sorted = [...edges].sort((a, b) => a - b);
  const changes = new Map<number, number>();
  const ending = new Map<number, number[]>();
  for (const passage of here) {
    const [from, to] = [Math.max(passage.start, start), Math.min(passage.end, end)];
    changes.set(from, (changes.get(from) ?? 0) + 1);
    changes.set(to, (changes.get(to) ?? 0) - 1);
    // One that goes on in the next paragraph has its number there.
    if (passage.end <= end) ending.set(to, [...(ending.get(to) ?? []), passage.number]);
  }
  let depth = 0;
  let xml = '';
  for (const [i, edge] of sorted.entries()) {
    const numbers = ending.get(edge);
    if (numbers) xml += run(numbers.join(', '), { raised: 'superscript' });
    depth += changes.get(edge) ?? 0;
    const words = points.slice(edge, sorted[i + 1] ?? edge).join('');
    xml += run(words, { marked: depth > 0, language });
  }
  return xml;
}
