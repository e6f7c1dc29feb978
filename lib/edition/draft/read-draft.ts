import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import { requireManagedEdition } from '../access';
import type { Edition, ReadingPage } from '../schema';
import { findEdition, selectSections } from '../store';
import { findDraft, findDraftSource } from './store';

/** The header and contents of a draft, for those who manage the edition. @throws AppError `forbidden`, `not_found` */
export async function getDraftEdition(viewer: Viewer, slug: string): Promise<Edition> {
  const { title, access } = await requireManagedEdition(viewer, slug);
  const draft = await findDraft(slug);
  const edition = draft && (await findEdition(slug, draft.revision, true));
  if (!edition) throw notFound();
  return { ...edition, title, access };
}

/** A section of a draft with its notes, for those who manage the edition. @throws AppError `forbidden`, `not_found` */
export async function getDraftPage(viewer: Viewer, slug: string, section: string): Promise<ReadingPage> {
  await requireManagedEdition(viewer, slug);
  const draft = await findDraft(slug);
  const [first, ...notes] = draft ? await selectSections(slug, draft.revision, section, true) : [];
  if (!first) throw notFound();
  return { section: first, notes };
}

/** The TEI source of a draft, for those who manage the edition. @throws AppError `forbidden`, `not_found` */
export async function getDraftSource(viewer: Viewer, slug: string): Promise<string> {
  await requireManagedEdition(viewer, slug);
  const source = await findDraftSource(slug);
  if (source === null) throw notFound();
  return source;
}
