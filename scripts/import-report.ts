import type { ImportResult } from '@/lib/import/schema';

const number = new Intl.NumberFormat('en');

/** The report of an import or its dry run in lines of text: refused and orphaned annotations first, each with its place in the file. */
export function formatImportReport({ id, format, ...report }: ImportResult): string[] {
  const count = (n: number, what: string) => `${number.format(n)} ${what}`;
  const { exact, orphaned } = report.anchors;
  return [
    [
      `${format}: ${count(report.total, 'annotations')}`,
      ...[count(report.glosses, 'glosses'), count(report.replies, 'replies')],
      ...[count(report.duplicates, 'here already'), count(report.refused, 'refused')],
      ...[count(exact, 'passages found'), count(orphaned, 'lost')],
    ].join(', '),
    ...report.remarks.map(
      ({ total, found }) => `the file has ${number.format(found)} of the ${number.format(total)} of its list`,
    ),
    ...report.authors.map(
      ({ name, match, as, count: written }) =>
        `author ${name}: ${match === 'new' ? 'a name without an account' : as} (${number.format(written)})`,
    ),
    ...report.lines
      .filter(({ outcome, anchor }) => outcome !== 'new' || anchor === 'orphaned')
      .map(
        ({ at, outcome, iri, errors }) =>
          `${at || '/'} ${outcome === 'new' ? 'lost in the text' : outcome}${iri ? ` ${iri}` : ''}${errors
            .map(({ pointer, detail }) => `\n  ${pointer} ${detail}`)
            .join('')}`,
      ),
    id === null ? 'nothing was stored' : `import ${id}`,
  ];
}
