import type { Prisma } from '@/lib/db';
import { AppError } from '@/lib/kernel/errors';
import {
  type Draft,
  findDraft,
  promoteDraft,
  type SectionChange,
  selectChangedSections,
  selectSectionChange,
  stageSection,
} from './draft/store';
import type { SectionCounts } from './schema';

/** What a publication asks of the notes that stand on the edition: lib/annotation does it. */
export type Reanchor = {
  /** Finds the passages of a section again and keeps where they stand for the end; returns how many it looked at. */
  stage: (tx: Prisma.TransactionClient, change: SectionChange) => Promise<number>;
  /**
   * Called once, while nobody writes on the edition: finds again what was written since, moves every passage, and
   * counts. `changeOf` reads one of the changed `sections`.
   */
  finish: (
    tx: Prisma.TransactionClient,
    draft: Draft,
    sections: string[],
    changeOf: (section: string) => Promise<SectionChange>,
  ) => Promise<{ section: string; anchor: 'exact' | 'moved' | 'fuzzy' | 'orphaned'; count: number }[]>;
};

/** A section that was looked at; `notes` null where an earlier publication that broke off had done it. */
export type Progress = { section: string; notes: number | null; seconds: number };

type Wishes = {
  /** Hash of the file that is to be published; another draft is refused. */
  sha256?: string | undefined;
  onSection?: ((progress: Progress) => void) | undefined;
};

/**
 * Makes the draft the current revision and wakes the other servers (`NOTIFY scholion_edition`). Passages are found
 * again first, one section per transaction, while people go on writing; what is done stays done, so that after a
 * crash the next call goes on where it was. Then one short transaction holds the edition and moves them all.
 *
 * @throws AppError `not_found` for an unknown edition, `conflict` where there is no draft, or another than was meant.
 */
export async function publishEdition(
  slug: string,
  reanchor: Reanchor,
  { sha256, onSection }: Wishes = {},
): Promise<{ slug: string; revision: number; sections: SectionCounts[] }> {
  const draft = await findDraft(slug);
  if (!draft)
    throw new AppError('conflict', 'There is no draft to publish: import a file that differs first.');
  if (sha256 !== undefined && sha256 !== draft.sha256) {
    throw new AppError('conflict', 'The draft was replaced or published meanwhile. Look at it again.');
  }
  const changed = await selectChangedSections(draft);
  // Before the first publication nobody can have written anything.
  for (const section of draft.current === null ? [] : changed) {
    const begun = performance.now();
    const notes = await stageSection(draft, section, (tx, change) => reanchor.stage(tx, change));
    onSection?.({ section, notes, seconds: (performance.now() - begun) / 1_000 });
  }
  const counted = await promoteDraft(draft, changed, (tx) =>
    reanchor.finish(tx, draft, changed, (section) => selectSectionChange(draft, section, tx)),
  );
  const counts = changed.map((section) => {
    const found = counted.filter((row) => row.section === section);
    const countOf = (anchor: string) => found.find((row) => row.anchor === anchor)?.count ?? 0;
    const [exact, moved, fuzzy, orphaned] = [
      countOf('exact'),
      countOf('moved'),
      countOf('fuzzy'),
      countOf('orphaned'),
    ];
    return { section, exact, moved, fuzzy, orphaned };
  });
  return { slug, revision: draft.revision, sections: counts };
}

/**
 * The draft of an edition with the sections that it changes, for a rehearsal; null where there is none.
 *
 * @throws AppError `not_found` for an unknown edition.
 */
export async function getDraft(slug: string): Promise<{ draft: Draft; changed: string[] } | null> {
  const draft = await findDraft(slug);
  return draft && { draft, changed: await selectChangedSections(draft) };
}

/** One section before and after a draft. */
export function getSectionChange(draft: Draft, section: string): Promise<SectionChange> {
  return selectSectionChange(draft, section);
}
