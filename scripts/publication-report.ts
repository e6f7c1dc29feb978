import type { SectionCounts } from '@/lib/edition/schema';
import type { Progress } from '@/lib/publication';
import type { PublicationPreview } from '@/lib/publication/schema';

const number = new Intl.NumberFormat('en');

/** A line on the progress of a publication: `doc1: 10,000 notes, 3.1 s`. */
export function formatProgress({ section, notes, seconds }: Progress): string {
  if (notes === null) return `${section}: done before`;
  return `${section}: ${pluralize(notes, 'note')}, ${seconds.toFixed(1)} s`;
}

/** The result of a publication: a line for each section whose text changed. */
export function formatPublication({
  slug,
  revision,
  sections,
}: {
  slug: string;
  revision: number;
  sections: SectionCounts[];
}): string[] {
  if (revision === 1) return [`${slug}: published`];
  return [
    `${slug}: revision ${revision} is current; ${pluralize(sections.length, 'section')} changed`,
    ...sections.map(countsLine),
  ];
}

/** A preview of a publication: the same lines, and below each its fuzzy and orphaned passages with their differences. */
export function formatPreview({ edition, revision, sections }: PublicationPreview): string[] {
  return [
    `${edition}: revision ${revision} would change ${pluralize(sections.length, 'section')}; nothing was stored`,
    ...sections.flatMap(({ passages, hidden, ...counts }) => [
      countsLine(counts),
      ...passages.map(({ state, notes, changes }) => {
        const marked = changes.map(({ kind, text }) =>
          kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`,
        );
        return `  ${state}, ${pluralize(notes, 'note')}: ${marked.join('').replaceAll('\n', ' / ')}`;
      }),
      ...(hidden > 0 ? [`  and ${pluralize(hidden, 'private or deleted note')}`] : []),
    ]),
  ];
}

function countsLine({ section, exact, moved, fuzzy, orphaned }: SectionCounts): string {
  const counts = Object.entries({ exact, moved, fuzzy, orphaned }).map(
    ([state, count]) => `${number.format(count)} ${state}`,
  );
  return `${section}: ${counts.join(', ')}`;
}

function pluralize(count: number, what: string): string {
  return `${number.format(count)} ${what}${count === 1 ? '' : 's'}`;
}
