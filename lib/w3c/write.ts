import { changeAnnotation, createGloss, getRow, type Row } from '@/lib/annotation';
import type { Viewer } from '@/lib/identity/schema';
import { AppError } from '@/lib/kernel/errors';
import { reply } from '@/lib/thread';
import { fromJsonLd } from './from-json-ld';
import { readAnnotation } from './read';

/**
 * Writes a Web Annotation that came from outside as a gloss or a reply in a group. `json` is the parsed body.
 * Throws invalid with the JSON pointer of each fault (nothing is stored), not_found, unauthenticated, forbidden, locked.
 */
export async function postAnnotation(viewer: Viewer, group: string, json: unknown): Promise<Row> {
  const meant = fromJsonLd(readAnnotation(json));
  const made = meant.reply
    ? await reply(viewer, meant.parent, { body: meant.body, tags: meant.tags, visibility: 'group' })
    : await createGloss(viewer, group, { ...meant.gloss, visibility: 'group' }, meant.place);
  return getRow(viewer, made.id);
}

/**
 * Replaces an annotation wholly by what came from outside (Web Annotation Protocol §5.2), if `version` is still its
 * version. Throws as `postAnnotation`, stale, and conflict where a gloss would become a reply or the other way round.
 */
export async function putAnnotation(
  viewer: Viewer,
  row: Row,
  json: unknown,
  version: number | 'any',
): Promise<Row> {
  const meant = fromJsonLd(readAnnotation(json));
  if (meant.reply !== (row.parentId !== null)) {
    throw new AppError('conflict', 'A gloss stays a gloss, and a reply a reply.');
  }
  const { body, tags } = meant.reply ? meant : meant.gloss;
  const kind = meant.reply ? {} : { kind: meant.gloss.kind };
  await changeAnnotation(viewer, row.id, { body, tags, ...kind }, version);
  return getRow(viewer, row.id);
}
