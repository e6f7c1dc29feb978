/** What changes an annotation, with one rule for every refusal. Each function gives the annotation as it is then. */

import { type ApiBody, api, Problem } from '@/app/_ui/api-client';
import type { Annotation } from '@/lib/annotation/schema';
import type { Version } from '@/lib/annotation/versions/schema';
import { fingerprint } from '@/lib/kernel/code-points';
import type { FlagReason } from '@/lib/moderation/schema';
import type { Ability } from '@/lib/policy';
import { QUOTE_LIMIT } from '@/lib/target/constants';
import { sliceOf } from '../text/text-position';
import { type DraftFields, partsToSend, type RegionTarget, type TextTarget } from './editor-draft';

/** Code points of context that go with a quote. */
const CONTEXT = 32;

type NewGlossBody = ApiBody<'POST /groups/:group/annotations'>;
/** A decision about an anchor, without the version that it starts from. */
export type AnchorDecision = WithoutVersion<ApiBody<'POST /annotations/:id/anchor'>>;
type WithoutVersion<T> = T extends unknown ? Omit<T, 'version'> : never;

/** Gets the annotation as it is now, and hands it to the reader's state. */
export type OnChanged = (annotation: Annotation) => void;

/**
 * Runs a call that changes something.
 * - 404: a group is hidden from strangers, so an ended session looks like an absent group. Asking for the current user
 *   then throws 401, which is the real reason.
 * - 409 and 412: another change came first. The annotation `id` is read again, so that the next try starts from it.
 */
async function mutate<T>(run: Promise<T>, onChanged: OnChanged, id?: string): Promise<T> {
  try {
    return await run;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.status === 404) await api('GET /me', { query: {} });
    if (id && isConflict(problem)) await refresh(id, onChanged);
    throw problem;
  }
}

/** Whether another change came first. */
export function isConflict({ status }: Problem): boolean {
  return status === 409 || status === 412;
}

/** Reads an annotation again. Where that fails, the state keeps what it has. */
async function refresh(id: string, onChanged: OnChanged): Promise<void> {
  const current = await api('GET /annotations/:id', { param: { id } }).catch(() => null);
  if (current) onChanged(current);
}

async function mutateAnnotation(
  run: Promise<Annotation>,
  onChanged: OnChanged,
  id?: string,
): Promise<Annotation> {
  const changed = await mutate(run, onChanged, id);
  onChanged(changed);
  return changed;
}

/**
 * Creates a gloss. The quote goes with the offsets, and the image with the region, so that the API refuses what no
 * longer matches.
 */
export function createGloss(
  scope: { group: string; edition: string; assignment: string | null },
  targets: readonly TextTarget[],
  drawn: RegionTarget | undefined,
  fields: DraftFields,
  containers: ReadonlyMap<string, Element>,
  onChanged: OnChanged,
  draft?: string,
): Promise<Annotation> {
  const { group, edition, assignment } = scope;
  const [first, ...further] = targets;
  const { body, kind, tags, visibility } = fields;
  const json: NewGlossBody = {
    edition,
    ...{ body, kind, tags, visibility },
    ...partsToSend(fields),
    ...(assignment && { assignment }),
    ...(first && { section: first.section }),
    ...(drawn && { canvas: drawn.canvas, image: drawn.image, region: drawn.region }),
    ...(first && further.length === 0 && passageOf(first, containers)),
    ...(further.length > 0 && {
      passages: targets.map((target) => ({
        ...(target.edition && { edition: target.edition }),
        section: target.section,
        ...passageOf(target, containers),
      })),
    }),
  };
  const idempotencyKey = keyOf(draft, json);
  const call = api('POST /groups/:group/annotations', { param: { group }, json, idempotencyKey });
  return mutateAnnotation(call, onChanged);
}

/** The key under which a draft is written once; what was changed since it was sent is written under another. */
function keyOf(draft: string | undefined, json: unknown): string | undefined {
  return draft && `${draft}-${fingerprint(JSON.stringify(json))}`;
}

/** A passage by its offsets and its quote with context; empty for a whole section. */
function passageOf(
  { edition, section, start, end, exact }: TextTarget,
  containers: ReadonlyMap<string, Element>,
): Pick<NewGlossBody, 'start' | 'end' | 'quote'> {
  if (start === null || end === null) return {};
  if (exact.length > QUOTE_LIMIT) return { start, end };
  // A section of another edition may have the same name.
  const container = edition === undefined ? containers.get(section) : undefined;
  const prefix = container ? sliceOf(container, Math.max(0, start - CONTEXT), start) : '';
  const suffix = container ? sliceOf(container, end, end + CONTEXT) : '';
  return { start, end, quote: { exact, prefix, suffix } };
}

export function createReply(
  id: string,
  { body, visibility, tags }: DraftFields,
  onChanged: OnChanged,
  draft?: string,
): Promise<Annotation> {
  const json = { body, visibility, tags };
  const idempotencyKey = keyOf(draft, json);
  const call = api('POST /annotations/:id/replies', { param: { id }, json, idempotencyKey });
  return mutateAnnotation(call, onChanged);
}

/** Changes an annotation. Throws 412 where it has changed meanwhile. */
export function updateAnnotation(
  { id, version }: Annotation,
  change: ApiBody<'PATCH /annotations/:id'>,
  onChanged: OnChanged,
): Promise<Annotation> {
  const call = api('PATCH /annotations/:id', { param: { id }, json: change, ifMatch: version });
  return mutateAnnotation(call, onChanged, id);
}

/** Deletes an annotation; its tombstone comes back. */
export function deleteAnnotation({ id, version }: Annotation, onChanged: OnChanged): Promise<Annotation> {
  const call = api('DELETE /annotations/:id', { param: { id }, ifMatch: version });
  return mutateAnnotation(call, onChanged, id);
}

/**
 * Hides, restores, locks and so on; restoring also undoes one's own deletion. `more` names one of the group's reasons, where it
 * goes, or the earlier version that is meant.
 */
export function moderate(
  { id, version }: Annotation,
  action: Ability,
  reason: string,
  onChanged: OnChanged,
  more?: { rule?: string | undefined; to?: string | undefined; earlier?: number },
): Promise<Annotation> {
  const json = { action, reason, version, ...more } as ApiBody<'POST /annotations/:id/moderation'>;
  const call = api('POST /annotations/:id/moderation', { param: { id }, json });
  return mutateAnnotation(call, onChanged, id);
}

/** Says that the reader agrees with what another wrote, or takes it back. */
export function setAgreement({ id, agreed }: Annotation, onChanged: OnChanged): Promise<Annotation> {
  const call = agreed
    ? api('DELETE /annotations/:id/agree', { param: { id } })
    : api('POST /annotations/:id/agree', { param: { id } });
  return mutateAnnotation(call, onChanged);
}

/** Confirms, moves or leaves an anchor that was found again in doubt or not at all, or undoes that. */
export function resolveAnchor(
  { id, version }: Annotation,
  decision: AnchorDecision,
  onChanged: OnChanged,
): Promise<Annotation> {
  const json = { ...decision, version } as ApiBody<'POST /annotations/:id/anchor'>;
  return mutateAnnotation(api('POST /annotations/:id/anchor', { param: { id }, json }), onChanged, id);
}

/** Reports an annotation to the moderators, and reads it again: whether it may be flagged once more has changed. */
export async function flagAnnotation(
  id: string,
  reason: FlagReason,
  note: string,
  onChanged: OnChanged,
): Promise<void> {
  await mutate(api('POST /annotations/:id/flags', { param: { id }, json: { reason, note } }), onChanged);
  await refresh(id, onChanged);
}

/** Says against the decision that holds one's annotation back, and reads it again. */
export async function appealDecision(id: string, words: string, onChanged: OnChanged): Promise<void> {
  await mutate(api('POST /annotations/:id/appeal', { param: { id }, json: { words } }), onChanged, id);
  await refresh(id, onChanged);
}

/** The versions of an annotation, the current one last. */
export async function fetchVersions(id: string): Promise<Version[]> {
  const { items } = await api('GET /annotations/:id/history', { param: { id } });
  return items.sort((a, b) => a.version - b.version);
}

/** The HTML of a Markdown text, sanitised by the server. */
export async function renderPreview(body: string, signal: AbortSignal): Promise<string> {
  return (await api('POST /preview', { json: { body }, signal })).html;
}
