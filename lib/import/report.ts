import { AppError } from '@/lib/kernel/errors';
import type { ImportItem } from './import-item';
import type { ImportPlan } from './plan-import';
import { type ImportOptions, type ImportResult, type ImportResultLine, REPORT_LINES } from './schema';

/** Throws invalid where an item is refused, with one entry for each fault, at its place in the file. */
export function rejectErrors({ items }: ImportPlan): void {
  const errors = items.flatMap(({ at, errors }) =>
    errors.map(({ pointer, ...error }) => ({
      pointer: at.startsWith('/') ? at + pointer : `${at} ${pointer}`,
      ...error,
    })),
  );
  if (errors.length === 0) return;
  throw new AppError('invalid', 'Some annotations of this file cannot be kept here. Nothing was stored.', {
    errors: errors.slice(0, REPORT_LINES),
  });
}

/**
 * What came, or would come, of a file; `id` is the import's, null where nothing was stored. `translate` says the faults in
 * the language of the caller; without it they are in English.
 */
export function buildReport(
  { format, items, remarks, rows, authors, assignments }: ImportPlan,
  id: string | null,
  translate: NonNullable<ImportOptions['translate']> = fillIn,
): ImportResult {
  // The most urgent lines come first; the rest of a long file is only counted.
  const shown = [...items].sort((a, b) => urgencyOf(a) - urgencyOf(b)).slice(0, REPORT_LINES);
  const lines = shown.map(({ at, iri, outcome, errors, row }): ImportResultLine => {
    const [passage] = row?.passages ?? [];
    return {
      at,
      iri,
      outcome,
      anchor: passage?.anchor ?? null,
      passage: passage?.exact ?? null,
      errors: errors.map(({ pointer, detail, values = {} }) => ({
        pointer,
        detail: translate(detail, values),
      })),
    };
  });
  const passages = rows.flatMap((row) => row.passages);
  const orphaned = passages.filter(({ anchor }) => anchor === 'orphaned').length;
  const count = (outcome: ImportResultLine['outcome']) =>
    items.filter((item) => item.outcome === outcome).length;
  const replies = rows.filter(({ parentId }) => parentId !== null).length;
  return {
    id,
    format,
    total: items.length,
    glosses: rows.length - replies,
    replies,
    duplicates: count('duplicate'),
    refused: count('refused'),
    anchors: { exact: passages.length - orphaned, orphaned },
    authors: authors.all().map(({ userId: _, ...author }) => author),
    lines,
    remarks,
    assignments: assignments.length,
    more: items.length - lines.length,
  };
}

/** A sentence with its values in the places that name them. */
function fillIn(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** The rank of an item in the report: what a person has to act on has the lowest. */
function urgencyOf({ outcome, row }: ImportItem): number {
  if (outcome === 'refused') return 0;
  if (row?.passages[0]?.anchor === 'orphaned') return 1;
  return outcome === 'duplicate' ? 2 : 3;
}
