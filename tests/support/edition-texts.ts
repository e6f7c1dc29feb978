import { readFileSync } from 'node:fs';
import { parseTei } from '@/lib/edition/parse-tei';

/** The canonical texts of the first edition's three sections, without a database. */
export function getSections(): { article: string; doc1: string; doc2: string } {
  const { sections } = parseTei(readFileSync('seed/gheorghiu-2009.xml', 'utf8'));
  const text = (id: string) => sections.find((section) => section.id === id)?.text ?? '';
  return { article: text('article'), doc1: text('doc1'), doc2: text('doc2') };
}
