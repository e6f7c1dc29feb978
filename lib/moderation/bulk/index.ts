/** Several decisions at once: a preview, one transaction with a fixed number of statements, and an undo. */
import { insertEvents, wakeAfterWrite } from '@/lib/activity';
import { type AnnotationRow, changeStates, factsOf, listAnnotationRows } from '@/lib/annotation';
import type { State } from '@/lib/annotation/schema';
import { type Tx, transaction } from '@/lib/db';
import { type NewEntry, recordEntries } from '@/lib/decision-log';
import { findDecisionReasons } from '@/lib/group';
import { requireModerateScope } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { can } from '@/lib/policy';
import { answerAppeals } from '../appeal/store';
import { decidedFields, HOLDS_BACK, outcomeOf } from '../decide';
import { keepMany } from '../evidence/store';
import { reasonAmong } from '../reason';
import { requireStaff } from '../require-staff';
import type { ManyDecided, ManyDecisions, StateAction } from '../schema';
import { dismissFlags, hasIdAmong } from '../store';
import * as store from './store';

type Item = ManyDecided['items'][number];
/** A decision that may be carried out: what it sets, and what it is called. */
type Planned = {
  row: AnnotationRow;
  action: StateAction;
  reason: string;
  details: object;
  fields: { state: State; reason: string | null; deletedFrom: State | null; returned: boolean };
};

/**
 * Decides on several notes of a group, or takes earlier such decisions back. Each is carried out or not by itself, and the
 * answer says which; with `dryRun` nothing is. Throws not_found, forbidden, invalid on /rule.
 */
export async function decideMany(
  viewer: Viewer,
  slug: string,
  { decisions = [], undo, dryRun }: ManyDecisions,
): Promise<ManyDecided> {
  const { groupId } = await requireStaff(viewer, slug);
  const { id: actorId } = requireModerateScope(viewer);
  if (undo !== undefined) return undoBatch(viewer, slug, { groupId, actorId, batch: undo, dryRun });
  const rows = await rowsOf(
    viewer,
    slug,
    decisions.map(({ annotation }) => annotation),
  );
  const reasons = await findDecisionReasons(groupId);
  const planned: Planned[] = [];
  const items = decisions.map(({ annotation, action, version, ...given }): Item => {
    const row = rows.get(annotation);
    const { reason, details } = reasonAmong(reasons, given);
    if (!row) return { annotation, outcome: 'not-found', before: null, after: null, version: null };
    const seen = { annotation, before: row.state, after: row.state, version: row.version };
    if (version !== undefined && version !== row.version) return { ...seen, outcome: 'stale' };
    if (!can(action, factsOf(viewer, row))) return { ...seen, outcome: 'forbidden' };
    const fields = { returned: row.returned, ...decidedFields(row, { action, reason }) };
    planned.push({ row, action, reason, details: details ?? {}, fields });
    return { ...seen, after: fields.state, outcome: 'decided' };
  });
  if (dryRun || planned.length === 0) return answer(items, null);
  const batch = newId();
  const written = await transaction((tx) => carryOut(tx, planned, { groupId, actorId, batch }));
  return answer(asWritten(items, written), batch);
}

type Batch = { groupId: string; actorId: string; batch: string };

/** Carries decisions out, and gives the notes that still were as they were read, with their versions now. */
async function carryOut(
  tx: Tx,
  planned: Planned[],
  { groupId, actorId, batch }: Batch,
): Promise<Map<string, number>> {
  // To keep what is published changes nothing of it.
  const isKept = ({ row, action }: Planned) => action === 'approve' && row.state === 'published';
  const changed = await changeStates(
    tx,
    groupId,
    planned
      .filter((plan) => !isKept(plan))
      .map(({ row: { id, version }, fields }) => ({ id, version, ...fields })),
  );
  const done = planned.filter((plan) => isKept(plan) || changed.has(plan.row.id));
  const ids = done.map(({ row }) => row.id);
  const entries = done.map((plan): NewEntry & { id: string; annotationId: string } => {
    const { row, action, reason, fields } = plan;
    const { id: annotationId, state: before, reason: earlier, deletedFrom, returned } = row;
    const version = isKept(plan) ? row.version : row.version + 1;
    const previous = { reason: earlier, deletedFrom, returned };
    const details = { ...plan.details, ...(isKept(plan) ? { kept: true } : { previous }) };
    const entry = { annotationId, actorId, action, reason, before, after: fields.state, version };
    return { id: newId(), ...entry, batchId: batch, details };
  });
  await recordEntries(tx, groupId, entries);
  const heldBack = entries.filter(({ action }) => HOLDS_BACK.has(action));
  await keepMany(
    tx,
    groupId,
    heldBack.map(({ id, annotationId }) => ({ decision: id, id: annotationId })),
  );
  await dismissFlags(tx, groupId, ids);
  const answers = done.map(({ row, action, reason }) => {
    return { id: row.id, outcome: outcomeOf(action), answer: reason };
  });
  await answerAppeals(tx, groupId, actorId, answers);
  const events = done.map((plan) => {
    const kind = isKept(plan) ? ('annotation.dismiss' as const) : (`annotation.${plan.action}` as const);
    return { kind, annotationId: plan.row.id, actorId };
  });
  await insertEvents(tx, groupId, events);
  wakeAfterWrite(groupId, tx);
  return new Map(entries.map(({ annotationId, version }) => [annotationId, version ?? 0]));
}

/** Takes the decisions of a batch back, where nothing was changed since. Throws conflict where nothing is left to take back. */
async function undoBatch(
  viewer: Viewer,
  slug: string,
  { groupId, actorId, batch, dryRun }: Batch & { dryRun: boolean },
): Promise<ManyDecided> {
  const entries = await store.selectBatch(groupId, batch);
  const [first] = entries;
  if (!first) throw new AppError('conflict', 'There is nothing left to take back: it was changed since.');
  const rows = await rowsOf(
    viewer,
    slug,
    entries.map(({ annotationId }) => annotationId),
  );
  const undone = entries.filter(({ annotationId, version }) => rows.get(annotationId)?.version === version);
  const able = new Set(undone.map(({ annotationId }) => annotationId));
  const items = entries.map(({ annotationId: annotation, before }): Item => {
    const row = rows.get(annotation);
    if (!row) return { annotation, outcome: 'not-found', before: null, after: null, version: null };
    const isAble = able.has(annotation);
    const seen = { annotation, before: row.state, version: row.version };
    return { ...seen, after: isAble ? before : row.state, outcome: isAble ? 'decided' : 'stale' };
  });
  if (dryRun || undone.length === 0) return answer(items, null);
  const written = await transaction(async (tx) => {
    const isKept = ({ details }: store.BatchEntry) => details?.kept === true;
    const back = undone
      .filter((entry) => !isKept(entry))
      .map(({ annotationId: id, version, before, details }) => {
        const previous = details?.previous ?? { reason: null, deletedFrom: null, returned: false };
        return { id, version, state: before, ...previous };
      });
    const changed = await changeStates(tx, groupId, back);
    const done = undone.filter((entry) => isKept(entry) || changed.has(entry.annotationId));
    const ids = done.map(({ annotationId }) => annotationId);
    const log = done.map((entry): NewEntry => {
      const { annotationId, before: after, after: before } = entry;
      const version = isKept(entry) ? entry.version : entry.version + 1;
      return { annotationId, actorId, action: 'undo', reason: '', before, after, version, batchId: batch };
    });
    await recordEntries(tx, groupId, log);
    await store.reopen(tx, groupId, ids, new Date(first.created));
    const events = done.map((entry) => {
      const isShown = !isKept(entry) && entry.before === 'published';
      const kind = isKept(entry) ? 'annotation.dismiss' : isShown ? 'annotation.restore' : 'annotation.undo';
      return { kind, annotationId: entry.annotationId, actorId } as const;
    });
    await insertEvents(tx, groupId, events);
    wakeAfterWrite(groupId, tx);
    return new Map(log.map(({ annotationId, version }) => [annotationId ?? '', version ?? 0]));
  });
  return answer(asWritten(items, written), null);
}

/** The readable notes of a group with these ids, by id, in one statement. */
async function rowsOf(viewer: Viewer, slug: string, ids: string[]): Promise<Map<string, AnnotationRow>> {
  const page = { limit: Math.max(ids.length, 1) };
  const { items } = await listAnnotationRows(viewer, slug, {}, page, hasIdAmong(ids));
  return new Map(items.map((row) => [row.id, row]));
}

/** Items of which those that somebody else was quicker with are stale. */
function asWritten(items: Item[], written: ReadonlyMap<string, number>): Item[] {
  return items.map((item) => {
    if (item.outcome !== 'decided') return item;
    const version = written.get(item.annotation);
    return version === undefined ? { ...item, after: item.before, outcome: 'stale' } : { ...item, version };
  });
}

function answer(items: Item[], undo: string | null): ManyDecided {
  return { items, decided: items.filter(({ outcome }) => outcome === 'decided').length, undo };
}
