import {
  type AnnotationRow,
  createExternalGloss,
  getAnnotationRow,
  insertReply,
  replaceAnnotation,
} from '@/lib/annotation';
import { NO_PARTS } from '@/lib/annotation/constants';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, nullIfNotFound } from '@/lib/kernel/errors';
import { fromJsonLd } from './from-json-ld';
import { SCHOLION_NS } from './iris';
import { toJsonLd } from './to-json-ld';
import { validateAnnotation } from './validate';

/**
 * Creates a gloss or a reply in a group from a Web Annotation; `json` is the parsed body, `attempt` as of `createGloss`. Throws invalid with the JSON
 * pointer of each error, not_found, unauthenticated, forbidden, locked.
 */
export async function postAnnotation(
  viewer: Viewer,
  group: string,
  json: unknown,
  attempt?: string,
): Promise<AnnotationRow> {
  const parsed = fromJsonLd(await validateAnnotation(json));
  if (!('parent' in parsed)) {
    const { targets, ...content } = parsed;
    return createExternalGloss(viewer, group, { ...content, targets }, attempt);
  }
  const { parent, ...content } = parsed;
  const answered = await nullIfNotFound(getAnnotationRow(viewer, parent));
  if (answered?.groupSlug !== group) throw parentNotFound();
  return insertReply(viewer, parent, { ...content, ...NO_PARTS }, attempt);
}

/**
 * Replaces an annotation by the Web Annotation in `json` (Web Annotation Protocol §5.2), if `version` is still its
 * version. Throws as `postAnnotation`, stale, and conflict where a gloss would become a reply, or a reply would get
 * another parent.
 */
export async function putAnnotation(
  viewer: Viewer,
  row: AnnotationRow,
  json: unknown,
  version: number | 'any',
): Promise<AnnotationRow> {
  const parsed = fromJsonLd(await validateAnnotation(json), { isRenamed: false });
  const { received, body, tags, visibility, reading, citation, citationAddress } = parsed;
  // Our own properties are optional: without them, their values stay.
  const keptVisibility = `${SCHOLION_NS}visibility` in JSON.parse(received) ? visibility : row.visibility;
  const parts = { reading, citation, citationAddress };
  const content = { body, tags, ...parts, received, origins: parsed.origins, visibility: keptVisibility };
  if ('parent' in parsed) {
    if (parsed.parent !== row.parentId) throw targetChanged();
    return replaceAnnotation(viewer, row.id, { ...content, ...NO_PARTS }, version);
  }
  if (row.parentId !== null) throw targetChanged();
  // A target as we gave it out means the present target, whatever revisions were published since.
  const target = JSON.stringify(toJsonLd(row).target);
  const targets = JSON.stringify(JSON.parse(received).target) === target ? undefined : parsed.targets;
  return replaceAnnotation(viewer, row.id, { ...content, kind: parsed.kind, targets }, version);
}

function parentNotFound(): AppError {
  return new AppError('invalid', 'This is not an annotation that can be kept here.', {
    errors: [{ pointer: '/target', detail: 'There is no such annotation in this group.' }],
  });
}

function targetChanged(): AppError {
  return new AppError('conflict', 'A gloss stays a gloss, and a reply answers what it answered.');
}
