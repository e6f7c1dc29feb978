import { config } from '@/lib/config';
import type { Key, Translate } from '@/lib/i18n';
import type { NoticeDetails } from './details';

/** What a notice says, in one sentence without its group: `Sofia Stan answered`. */
export function sentenceOf(
  { kind, action, about, assignmentTitle }: NoticeDetails,
  t: Translate<Key<'notices'>>,
): string {
  const values = { author: about?.annotation.author.name ?? '', title: assignmentTitle ?? '' };
  if (kind === 'decision') return t(`decision.${action as 'hide'}`, values);
  if (kind === 'date') return t(`date.${action as 'due'}`, values);
  return t(kind, values);
}

/** Where a notice leads: to the annotation in its passage, or to the assignment. */
export function linkOf({ kind, about, groupSlug, assignmentId, personId }: NoticeDetails): string {
  const { address } = config();
  if (about) return `${address}/annotations/${about.annotation.id}`;
  // A warning is read, and a report's outcome is told, where the group begins.
  if (kind === 'decision') return `${address}/groups/${groupSlug}`;
  if (!assignmentId) return `${address}/groups/${groupSlug}/people/${personId}`;
  return `${address}/groups/${groupSlug}/assignments/${assignmentId}`;
}
