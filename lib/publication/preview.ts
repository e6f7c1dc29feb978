import { type AnchoredPassage, type AnchorMigrator, createAnchorMigrator, scanAnchors } from '@/lib/anchor';
import { type DiffSegment, diffInline } from '@/lib/anchoring';
import {
  type Draft,
  findDraft,
  requireManagedEdition,
  selectChangedSections,
  selectSectionChange,
} from '@/lib/edition';
import type { Viewer } from '@/lib/identity/schema';
import { AppError } from '@/lib/kernel/errors';
import { createPacer } from '@/lib/kernel/pacer';
import { canInGroup, canOnSite, roleIn } from '@/lib/policy';
import type { DraftView, PublicationPreview, SectionPreview } from './schema';

/**
 * What a publication of the draft would make of the passages, without storing anything; null where there is no draft.
 * For those who manage it, who see passages and numbers: no text of an annotation, no author, no group, and of what only its
 * author may see nothing but the number. Throws forbidden and not_found.
 */
export async function previewPublication(viewer: Viewer, slug: string): Promise<PublicationPreview | null> {
  await requireManagedEdition(viewer, slug);
  const draft = await findDraft(slug);
  return draft && previewDraft(viewer, draft);
}

/**
 * The draft of an edition for those who manage it: the report of its import, and what its publication would make of the
 * passages. Throws forbidden, not_found where there is no draft, and the reason of `signal` once that is aborted.
 */
export async function getDraft(viewer: Viewer, slug: string, signal?: AbortSignal): Promise<DraftView> {
  await requireManagedEdition(viewer, slug);
  const draft = await findDraft(slug);
  if (!draft) throw new AppError('not_found', 'This edition has no draft.');
  const { format, report } = draft;
  return { ...(await previewDraft(viewer, draft, signal)), slug, format, report };
}

async function previewDraft(viewer: Viewer, draft: Draft, signal?: AbortSignal): Promise<PublicationPreview> {
  const { edition, revision, current, sha256, importedAt } = draft;
  const sections: SectionPreview[] = [];
  // Before the first publication nobody can have written anything.
  for (const section of current === null ? [] : await selectChangedSections(draft)) {
    sections.push(await previewSection(viewer, draft, section, signal));
  }
  return { edition, revision, current, sha256, imported: importedAt.toISOString(), sections };
}

async function previewSection(
  viewer: Viewer,
  draft: Draft,
  section: string,
  signal?: AbortSignal,
): Promise<SectionPreview> {
  signal?.throwIfAborted();
  const change = await selectSectionChange(draft, section);
  const counts = { exact: 0, moved: 0, fuzzy: 0, orphaned: 0 };
  const passages = new Map<string, SectionPreview['passages'][number]>();
  let hidden = 0;
  const codePoints = [...(change.after ?? '')];
  const giveTurn = createPacer(signal);
  const isOfSite = canOnSite(viewer, 'manage-editions');
  let migrate: AnchorMigrator | undefined;
  for await (const passage of scanAnchors(draft.edition, section)) {
    await giveTurn();
    // An instructor of the home group may not even count what other groups wrote.
    if (!isOfSite && !canInGroup(roleIn(viewer, passage.groupId), 'moderate')) continue;
    migrate ??= await createAnchorMigrator(change, signal);
    const { anchor, start, end } = migrate(passage);
    counts[anchor]++;
    if (anchor !== 'fuzzy' && anchor !== 'orphaned') continue;
    if (passage.hidden) {
      hidden++;
      continue;
    }
    const key = [anchor, passage.start, passage.end, passage.exact].join(' ');
    const known = passages.get(key);
    if (known) known.notes++;
    else
      passages.set(key, { ...describePassage(codePoints, passage, { start, end }), state: anchor, notes: 1 });
  }
  const startOf = ({ start }: { start: number | null }) => start ?? Number.POSITIVE_INFINITY;
  return {
    section,
    ...counts,
    hidden,
    passages: [...passages.values()].sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1)),
  };
}

/**
 * A passage in doubt: its old offsets, its quote, and the text at its new offsets in `after`, the code points of the draft,
 * with the difference.
 */
function describePassage(
  after: string[],
  { start, end, exact }: AnchoredPassage,
  found: { start: number | null; end: number | null },
) {
  const isFound = found.start !== null && found.end !== null;
  const now = isFound ? after.slice(found.start ?? 0, found.end ?? 0).join('') : null;
  const changes: DiffSegment[] = now === null ? [{ kind: 'removed', text: exact }] : diffInline(exact, now);
  return { start, end, exact, now, changes };
}
