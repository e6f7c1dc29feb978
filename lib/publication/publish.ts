import { recordActivity } from '@/lib/activity';
import { applyAnchors, stageLateAnchors, stageSectionAnchors } from '@/lib/anchor';
import { transaction } from '@/lib/db';
import {
  claimSection,
  claimSections,
  clearStaging,
  type Draft,
  findDraft,
  lockDraft,
  lockDraftForPublication,
  promoteDraft,
  requireManagedEdition,
  selectChangedSections,
  selectSectionChange,
} from '@/lib/edition';
import type { SectionCounts } from '@/lib/edition/schema';
import type { Viewer } from '@/lib/identity/schema';
import { AppError } from '@/lib/kernel/errors';
import { canInGroup, canOnSite, roleIn } from '@/lib/policy';

/** Seconds that staging one section may take, and the end of a publication. */
const STAGING = 600;
const FINISHING = 120;

/** A section that was staged; `notes` is null where an earlier publication that broke off had staged it. */
export type Progress = { section: string; notes: number | null; seconds: number };

type PublicationOptions = {
  /** Hash of the file that is to be published; another draft is refused. */
  sha256?: string | undefined;
  /** Called after each section; the publication waits for it. */
  onSection?: ((progress: Progress) => void | Promise<void>) | undefined;
};

export type Publication = { slug: string; revision: number; sections: SectionCounts[] };

/**
 * Makes the draft of an edition current, for those who manage it. First the passages are found again, one section per
 * transaction, while people go on writing; a publication that breaks off goes on where it was. Then one short
 * transaction locks the edition and moves them all. Other servers are woken (`NOTIFY scholion_edition`).
 * Throws forbidden, not_found, and conflict where there is no draft, or another than was meant.
 */
export async function publishDraft(
  viewer: Viewer,
  slug: string,
  { sha256, onSection }: PublicationOptions = {},
): Promise<Publication> {
  await requireManagedEdition(viewer, slug);
  const draft = await findDraft(slug);
  if (!draft)
    throw new AppError('conflict', 'There is no draft to publish: import a file that differs first.');
  if (sha256 !== undefined && sha256 !== draft.sha256) {
    throw new AppError('conflict', 'The draft was replaced or published meanwhile. Look at it again.');
  }
  // Before the first publication nobody can have written anything.
  const changed = draft.current === null ? [] : await selectChangedSections(draft);
  for (const section of changed) {
    const started = performance.now();
    const notes = await stageSection(draft, section);
    await onSection?.({ section, notes, seconds: (performance.now() - started) / 1_000 });
  }
  // What other groups wrote is not for the instructors of the home group to count.
  const isOfSite = canOnSite(viewer, 'manage-editions');
  const sections = await finishPublication(
    draft,
    changed,
    (groupId) => isOfSite || canInGroup(roleIn(viewer, groupId), 'moderate'),
  );
  return { slug, revision: draft.revision, sections };
}

/** Stages the passages of one section; null where they are staged already. Writers go on meanwhile. */
function stageSection(draft: Draft, section: string): Promise<number | null> {
  return transaction(
    async (tx) => {
      await lockDraft(tx, draft);
      if (!(await claimSection(tx, draft, section))) return null;
      return stageSectionAnchors(tx, await selectSectionChange(draft, section, tx));
    },
    { seconds: STAGING },
  );
}

/** The transaction in which nobody writes on the edition: the draft becomes current, and all passages move. */
function finishPublication(
  draft: Draft,
  changed: string[],
  isCounted: (groupId: string) => boolean,
): Promise<SectionCounts[]> {
  return transaction(
    async (tx) => {
      await lockDraftForPublication(tx, draft);
      // A late gloss may be in a section for which nothing was staged.
      await claimSections(tx, draft, changed);
      await stageLateAnchors(tx, draft, changed);
      await promoteDraft(tx, draft);
      const { counts, groupIds } = await applyAnchors(tx, draft, changed, isCounted);
      await clearStaging(tx, draft);
      for (const groupId of groupIds) await recordActivity(tx, { groupId, kind: 'edition.published' });
      return counts;
    },
    { seconds: FINISHING },
  );
}
