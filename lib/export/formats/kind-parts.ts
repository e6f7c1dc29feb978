import type { ExportTranslate } from '../render-context';
import type { ExportedAnnotation } from '../spool-reader';

/** What its kind asks of a gloss, as lines to read: what it is, its words, and their address ('' for none). */
export function partLines(
  t: ExportTranslate,
  { reading, citation, citationAddress }: ExportedAnnotation,
): { label: string; words: string; address: string }[] {
  return [
    ...(reading ? [{ label: t('part.reading'), words: reading, address: '' }] : []),
    ...(citation ? [{ label: t('part.citation'), words: citation, address: citationAddress ?? '' }] : []),
  ];
}
