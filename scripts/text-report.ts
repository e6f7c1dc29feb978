import type { ImportReport } from '@/lib/edition/import-report';

const number = new Intl.NumberFormat('en');

type SavedText = {
  slug: string;
  revision: number;
  sections: number;
  unchanged: boolean;
  format: string;
  report: ImportReport;
};

/** The report of a text that was brought in, in lines: its words, what was left out, and what is to be decided. */
export function formatTextReport({
  slug,
  revision,
  sections,
  unchanged,
  format,
  report,
}: SavedText): string[] {
  const { words, sameSequence, leftOut, shownPlainly, normalized, decisions, pages, images, seconds } =
    report;
  const list = (title: string, items: ImportReport['leftOut']) =>
    items.length === 0
      ? []
      : [
          title,
          ...items.map(
            ({ element, count, words: taken, places, reason }) =>
              `  ${element}${reason ? ` (${reason})` : ''}: ${number.format(count)} times, ${number.format(taken)} words${places.length > 0 ? `, at ${places.join(', ')}` : ''}`,
          ),
        ];
  return [
    unchanged
      ? `${slug}: nothing has changed`
      : `${slug}: revision ${revision}, ${number.format(sections)} sections, not yet published (${format}, ${seconds.toFixed(1)} s)`,
    `words: ${number.format(words.file)} in the file, ${number.format(words.text)} in the text, ${number.format(words.leftOut)} left out on purpose; ${sameSequence ? 'in the same order' : 'NOT IN THE SAME ORDER'}`,
    `pages: ${number.format(pages.length)}, of ${number.format(Math.min(...pages.map(({ length }) => length)))} to ${number.format(Math.max(...pages.map(({ length }) => length)))} characters`,
    ...(normalized > 0 ? [`made Unicode NFC: ${number.format(normalized)} pieces of text`] : []),
    ...list('left out of the text on purpose:', leftOut),
    ...list('shown plainly, because it is not known here:', shownPlainly),
    ...(images
      ? [
          `page images: ${number.format(images.named)} named, ${number.format(images.here)} came with the file, ${number.format(images.elsewhere)} at other addresses${images.missing.length > 0 ? `; not here: ${images.missing.join(', ')} (edition images ${slug} FILES)` : ''}`,
        ]
      : []),
    ...decisions.map(
      ({ field, value, proposed }) =>
        `decide: the ${field} is taken to be “${value}”${proposed ? `; by its words it is “${proposed}”` : ''} (--${field})`,
    ),
  ];
}
