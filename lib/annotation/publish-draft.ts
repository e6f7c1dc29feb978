import { diffInline, type DiffSegment as Piece } from '@/lib/anchoring';
import {
  type Draft,
  getDraft,
  getSectionChange,
  importDraft,
  type Progress,
  publishEdition,
  type SectionChange,
} from '@/lib/edition';
import type { SectionCounts } from '@/lib/edition/schema';
import { requireOnSite } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import type { PublicationPreview, SectionPreview } from './anchors/schema';
import { type PreviewedPassage, selectForPreview } from './anchors/store';
import { anchorMigration, createAnchorMigrator } from './migrate-anchors';

const BATCH = 5_000;

/** Takes a TEI file in as the draft of an edition; it is read only for administrators. Throws as `importDraft`. */
export async function uploadDraft(viewer: Viewer, slug: string, source: () => Promise<string>) {
  requireOnSite(viewer, 'manage-editions');
  return importDraft(await source(), slug);
}

/**
 * Makes the draft of an edition current, and every note stand where it stood or say that it is lost; goes on where
 * an earlier call broke off. For administrators. `sha256` is of the draft that was looked at: another is refused.
 * Throws forbidden, not_found, and conflict.
 */
export async function publishDraft(
  viewer: Viewer,
  slug: string,
  wishes: { sha256?: string | undefined; onSection?: (progress: Progress) => void } = {},
): Promise<{ slug: string; revision: number; sections: SectionCounts[] }> {
  requireOnSite(viewer, 'manage-editions');
  return publishEdition(slug, anchorMigration, wishes);
}

/**
 * What a publication of the draft would make of the notes, without storing anything; null where there is no draft.
 * For administrators, who see passages and numbers: no text of a note, no author, no group, and of what only its
 * author sees nothing but the number. Throws forbidden and not_found.
 */
export async function previewPublication(viewer: Viewer, slug: string): Promise<PublicationPreview | null> {
  requireOnSite(viewer, 'manage-editions');
  const found = await getDraft(slug);
  if (!found) return null;
  const { draft, changed } = found;
  const sections: SectionPreview[] = [];
  for (const section of changed) sections.push(await previewSection(draft, section));
  const { revision, current, sha256, importedAt } = draft;
  return { edition: slug, revision, current, sha256, imported: importedAt.toISOString(), sections };
}

async function previewSection(draft: Draft, section: string): Promise<SectionPreview> {
  const change = await getSectionChange(draft, section);
  const counts = { exact: 0, moved: 0, fuzzy: 0, orphaned: 0 };
  const passages = new Map<string, SectionPreview['passages'][number]>();
  let hidden = 0;
  let follow: ReturnType<typeof createAnchorMigrator> | undefined;
  for await (const gloss of glossesOf(draft.edition, section)) {
    follow ??= createAnchorMigrator(change);
    const place = follow(gloss);
    counts[place.anchor]++;
    if (place.anchor !== 'fuzzy' && place.anchor !== 'orphaned') continue;
    if (gloss.hidden) {
      hidden++;
      continue;
    }
    const key = [place.anchor, gloss.start, gloss.end, gloss.exact].join(' ');
    const known = passages.get(key);
    if (known) known.notes++;
    else passages.set(key, { ...described(change, gloss, place), state: place.anchor, notes: 1 });
  }
  const start = ({ start }: { start: number | null }) => start ?? Number.POSITIVE_INFINITY;
  return {
    section,
    ...counts,
    hidden,
    passages: [...passages.values()].sort((a, b) => (start(a) < start(b) ? -1 : 1)),
  };
}

/** A passage in doubt: where it stood, its quote, and what stands there in the draft, with the difference. */
function described(
  { after }: SectionChange,
  gloss: PreviewedPassage,
  place: { start: number | null; end: number | null },
) {
  const { start, end, exact } = gloss;
  const isPlaced = place.start !== null && place.end !== null;
  const now = isPlaced ? [...(after ?? '')].slice(place.start ?? 0, place.end ?? 0).join('') : null;
  const changes: Piece[] = now === null ? [{ kind: 'removed', text: exact }] : diffInline(exact, now);
  return { start, end, exact, now, changes };
}

async function* glossesOf(edition: string, section: string): AsyncGenerator<PreviewedPassage> {
  let last: PreviewedPassage | null = null;
  do {
    const batch: PreviewedPassage[] = await selectForPreview(edition, section, last, BATCH);
    yield* batch;
    last = batch.length === BATCH ? (batch.at(-1) ?? null) : null;
  } while (last);
}
