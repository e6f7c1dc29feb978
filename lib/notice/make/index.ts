/**
 * Notices are made from the events of a group. An event is written in the transaction of the deed, so that nothing is
 * missed and no writer waits (docs/decisions/0030-notices.md).
 */
import { type RecordedEvent, readEvents } from '@/lib/activity';
import { type Tx, transaction } from '@/lib/db';
import type { SignedInViewer } from '@/lib/identity';
import { enqueueJobs } from '@/lib/job';
import { mentionsIn, renderMarkdown } from '@/lib/markdown';
import { mailJob } from '../mail';
import { RESTRAINTS } from '../schema';
import * as store from './store';

/** Events that are turned into notices in one transaction. */
const BATCH = 500;
/** Groups in one round of catching up. */
const GROUPS = 500;
/** Milliseconds before mail goes out at once, in which a second note joins the first, and a slip is mended. */
const PAUSE_MS = 5_000;

/** What is told to a member, apart from any note. */
const SAID_TO_MEMBERS: ReadonlySet<string> = new Set(RESTRAINTS.map((action) => `member.${action}`));

/** Turns what happened in a group since the last time into notices. */
export async function makeNotices(groupId: string): Promise<void> {
  while (await makeBatch(groupId));
}

/** Turns one batch of events into notices. Whether there may be more of those that were there when it began. */
async function makeBatch(groupId: string): Promise<boolean> {
  const from = await store.findCursor(groupId);
  const events = await readEvents(groupId, from, BATCH);
  const to = events.at(-1)?.seq;
  if (to === undefined) return false;
  const annotations = [
    ...new Set(events.flatMap((event) => ('annotationId' in event ? [event.annotationId] : []))),
  ];
  const mentions = await findMentions(groupId, events);
  await transaction(async (tx) => {
    // Another process was quicker, and has told of them.
    if (!(await store.moveCursor(tx, groupId, from, to))) return;
    if (annotations.length === 0 && !events.some(({ kind }) => SAID_TO_MEMBERS.has(kind))) return;
    await store.insertNotices(tx, groupId, { from, to }, mentions);
    await mailSoon(tx, await store.selectMailedAtOnce(tx, { groupId, annotations }));
  });
  return events.length === BATCH;
}

/** Who is mentioned in what was written or changed. */
async function findMentions(groupId: string, events: RecordedEvent[]): Promise<store.Mention[]> {
  const written = events.flatMap((event) =>
    event.kind === 'annotation.created' || event.kind === 'annotation.changed' ? [event.annotationId] : [],
  );
  const rows = written.length > 0 ? await store.selectBodiesWithMentions(groupId, written) : [];
  const html = await renderMarkdown(rows.map(({ body }) => body));
  return rows.flatMap(({ id }, i) =>
    mentionsIn(html[i] ?? '').map((userId) => ({ annotationId: id, userId })),
  );
}

/** Catches up with every group: with what was written by a process that ended before it told anybody. */
export async function makeAllNotices(): Promise<void> {
  for (const group of await store.selectBehind(GROUPS)) await makeNotices(group);
}

/** Makes what is still to be told in a person's groups, so that what they read is whole, whatever the server is at. */
export async function makeNoticesFor({ id, memberships }: SignedInViewer): Promise<void> {
  const groups = memberships.map(({ groupId }) => groupId);
  for (const group of await store.selectBehind(GROUPS, groups)) await makeNotices(group);
  if (memberships.some(({ role }) => role === 'student')) await makeDateNotices(id);
}

/** Tells students of the dates of their assignments; one of them alone where `student` names them. */
export async function makeDateNotices(student: string | null = null): Promise<void> {
  await transaction(async (tx) => {
    const users = await store.insertDateNotices(tx, student);
    if (users.length > 0) await mailSoon(tx, await store.selectMailedAtOnce(tx, { users }));
  });
}

/** Has mail sent to those who want it at once. */
export async function mailSoon(tx: Tx, users: string[]): Promise<void> {
  const at = new Date(Date.now() + PAUSE_MS);
  await enqueueJobs(
    tx,
    users.map((user) => mailJob(user, at)),
  );
}
