/** The event stream of a group: what others write, as it happens, to each receiver as far as they may see it. */
import { isPlace, readMoment } from '@/lib/activity';
import { expandPage } from '@/lib/annotation';
import { resolveMembership } from '@/lib/group';
import type { Viewer } from '@/lib/identity';
import { AppError } from '@/lib/kernel/errors';
import { canOnSite } from '@/lib/policy';
import { follow, leave, type Stream } from './hub';
import type { Places } from './message';
import type { StreamFilter } from './schema';
import { createSink } from './sink';

export { countStreams, endStreams } from './hub';

/** Where a stream begins: the place of an event, or a moment in the order of the group. */
export type StreamStart = { groupId: string; after: bigint; position: string; places: Places };

const BEGINNING = new TextEncoder().encode('retry: 2000\n\n');

/**
 * Where the stream of a group begins for `viewer`: after the event `lastEventId`, from the first one for 0, else from now
 * on. `position` is what may be sent as Last-Event-ID until an event has come: a moment, which tells nothing about events.
 * Throws not_found where the viewer may not know of the group, and malformed for an id that was never given.
 */
export async function findStreamStart(
  viewer: Viewer,
  groupSlug: string,
  filter: StreamFilter,
  lastEventId: string | undefined,
): Promise<StreamStart> {
  const { groupId } = await resolveMembership(viewer, groupSlug);
  const { edition = null, section } = await expandPage(viewer, filter);
  const places = { edition, sections: section === undefined ? null : new Set(section.split(',')) };
  const { moment } = await readMoment(groupId);
  const after = lastEventId === undefined ? moment : await placeOf(groupId, lastEventId, moment);
  if (after === null) {
    throw new AppError('malformed', 'This Last-Event-ID was never given. Connect without it, or with 0.');
  }
  return { groupId, after, places, position: `@${moment}` };
}

async function placeOf(groupId: string, id: string, moment: bigint): Promise<bigint | null> {
  if (id === '0') return 0n;
  const [, sign, digits] = /^(@?)([1-9]\d{0,17})$/.exec(id) ?? [];
  if (digits === undefined) return null;
  const place = BigInt(digits);
  const isKnown = sign === '@' ? place <= moment : await isPlace(groupId, place);
  return isKnown ? place : null;
}

/**
 * The stream from `start` on, as the bytes of server-sent events. It ends when the viewer may not know of the group any
 * more, when the session or token with the hash `credential` does, and with the process. `onGone` is called at its end.
 */
export function openStream(
  viewer: Viewer,
  { groupId, after, places }: StreamStart,
  { credential, once, onGone }: { credential: string | null; once: boolean; onGone: () => void },
): ReadableStream<Uint8Array> {
  const sink = createSink(() => {
    leave(stream);
    onGone();
  });
  const { id, only } = viewer;
  const receiver = { id, only, editsAll: canOnSite(viewer, 'manage-editions') };
  const stream: Stream = { groupId, receiver, credential, places, after, sink };
  sink.write(BEGINNING);
  void follow(stream, { once });
  return sink.body;
}
