import type { RecordedEvent } from '@/lib/activity';
import type { StreamEvent } from './schema';
import type { Judgement, Receiver } from './store';

/** The sections that a receiver follows, as `edition section`, or an edition of which they follow all; null for all. */
export type Places = { edition: string | null; sections: ReadonlySet<string> | null };

/** Decisions of staff that to others are a note which came, changed or went. */
const OF_STAFF = new Set([
  ...['annotation.approve', 'annotation.deny', 'annotation.hide', 'annotation.restore', 'annotation.revise'],
  ...['annotation.move', 'annotation.merge', 'annotation.split', 'annotation.hide-version'],
  ...['annotation.refuse-appeal', 'annotation.undo'],
]);
/** What nobody but staff may know of. */
const FOR_STAFF = new Set(['annotation.flagged', 'annotation.dismiss', 'annotation.appeal']);

type Message = Omit<StreamEvent, 'id'>;

/** What has no ids and asks its receiver to read the lists again. */
const REVEALED: Message = { kind: 'revealed', annotation: null, root: null, section: null };

/**
 * What an event is to the receiver at position `n` of a judgement, who follows `places`; null where it is nothing to them,
 * or nothing that they may know of.
 */
export function messageFor(
  event: RecordedEvent,
  judgement: Judgement,
  n: number,
  { id }: Receiver,
  places: Places,
): Message | null {
  const isStaff = judgement.staff.has(n);
  switch (event.kind) {
    case 'sight.changed':
      return (event.subjectId === null ? !isStaff : event.subjectId === id) ? REVEALED : null;
    case 'member.changed':
      return event.subjectId === id ? REVEALED : null;
    case 'annotations.imported':
    case 'annotations.withdrawn':
      return REVEALED;
  }
  if (!('annotationId' in event)) return null;
  const [now, before] = [judgement.now.get(event.seq), judgement.before.get(event.seq)];
  if (![...(now?.places ?? []), ...(before?.places ?? [])].some((place) => isFollowed(place, places))) {
    return null;
  }
  const annotation = event.annotationId;
  const wasSeen = before?.receivers.has(n) ?? false;
  if (!now?.receivers.has(n)) {
    return before && wasSeen
      ? { kind: 'gone', annotation, root: before.root, section: before.section }
      : null;
  }
  if (FOR_STAFF.has(event.kind) && !isStaff) return null;
  const { root, section } = now;
  const isTold = isStaff || now.author === id;
  let { kind }: { kind: string } = event;
  if (before && !wasSeen) kind = 'annotation.created';
  else if (OF_STAFF.has(kind) && !isTold) kind = 'annotation.changed';
  return { kind, annotation, root, section };
}

function isFollowed(place: string, { edition, sections }: Places): boolean {
  const [ofEdition, section = ''] = place.split(' ', 2);
  return (edition === null || edition === ofEdition) && (sections === null || sections.has(section));
}
