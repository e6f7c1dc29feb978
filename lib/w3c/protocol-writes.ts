import {
  type AnnotationRow,
  createExternalGloss,
  getAnnotationRow,
  replaceAnnotation,
} from '@/lib/annotation';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, nullIfNotFound } from '@/lib/kernel/errors';
import { createReply } from '@/lib/thread';
import { fromJsonLd } from './from-json-ld';
import { SCHOLION_NS, toJsonLd } from './to-json-ld';
import { validateAnnotation } from './validate';

/**
 * Writes a Web Annotation that came from outside as a gloss or a reply in a group. `json` is the parsed body.
 * Throws invalid with the JSON pointer of each fault (nothing is stored), not_found, unauthenticated, forbidden, locked.
 */
export async function postAnnotation(viewer: Viewer, group: string, json: unknown): Promise<AnnotationRow> {
  const meant = fromJsonLd(validateAnnotation(json));
  if (!('parent' in meant))
    return getAnnotationRow(viewer, (await createExternalGloss(viewer, group, meant)).id);
  const { parent, ...said } = meant;
  const answered = await nullIfNotFound(getAnnotationRow(viewer, parent));
  if (answered?.groupSlug !== group) throw noSuchTarget();
  return getAnnotationRow(viewer, (await createReply(viewer, parent, said)).id);
}

/**
 * Replaces an annotation wholly by what came from outside (Web Annotation Protocol §5.2), if `version` is still its
 * version. Throws as `postAnnotation`, stale, and conflict where a gloss would become a reply, or a reply would
 * answer another.
 */
export async function putAnnotation(
  viewer: Viewer,
  row: AnnotationRow,
  json: unknown,
  version: number | 'any',
): Promise<AnnotationRow> {
  const meant = fromJsonLd(validateAnnotation(json), { isRenamed: false });
  const { received, body, tags, visibility } = meant;
  // Our own words for it are optional: left out, they stay.
  const kept = `${SCHOLION_NS}visibility` in JSON.parse(received) ? visibility : row.visibility;
  const said = { body, tags, received, origins: meant.origins, visibility: kept };
  if ('parent' in meant) {
    if (meant.parent !== row.parentId) throw standsElsewhere();
    await replaceAnnotation(viewer, row.id, said, version);
  } else {
    if (row.parentId !== null) throw standsElsewhere();
    // The place as it was given out is the place where it stands, whatever revisions came since.
    const target = JSON.stringify(toJsonLd(row).target);
    const places = JSON.stringify(JSON.parse(received).target) === target ? undefined : meant.places;
    await replaceAnnotation(viewer, row.id, { ...said, kind: meant.kind, places }, version);
  }
  return getAnnotationRow(viewer, row.id);
}

function noSuchTarget(): AppError {
  return new AppError('invalid', 'This is not an annotation that can be kept here.', {
    errors: [{ pointer: '/target', detail: 'There is no such annotation in this group.' }],
  });
}

function standsElsewhere(): AppError {
  return new AppError('conflict', 'A gloss stays a gloss, and a reply answers what it answered.');
}
