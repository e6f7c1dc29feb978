/** What a person did to an annotation, as `decide` and the acts on threads call it. */
type AnnotationDecision =
  | 'approve'
  | 'deny'
  | 'hide'
  | 'restore'
  | 'lock'
  | 'unlock'
  | 'pin'
  | 'unpin'
  | 'endorse'
  | 'unendorse'
  | 'resolve'
  | 'reopen'
  | 'revise'
  | 'move'
  | 'merge'
  | 'split'
  | 'hide-version'
  // What was reported is kept: nothing of it changes.
  | 'dismiss'
  | 'appeal'
  | 'refuse-appeal'
  // Several decisions that were taken back at once.
  | 'undo';

/**
 * Every kind of event, with its payload beside its group: ids alone, so that a reader of events has to ask policy what
 * may be seen. `actorId` is the person who did it, null for the operator; `subjectId` the person to whom it was
 * done. A kind is stored as it is written here.
 */
type Payloads = {
  'group.created': { actorId: string | null };
  'group.updated': { actorId: string | null };
  'invitation.created': { actorId: string };
  'invitation.changed': { actorId: string };
  'invitation.revoked': { actorId: string };
  'member.joined': { actorId: string; subjectId: string };
  'member.changed': { actorId: string; subjectId: string };
  'member.left': { actorId: string; subjectId: string };
  'member.mute': { actorId: string; subjectId: string };
  'member.warn': { actorId: string; subjectId: string };
  'assignment.created': { actorId: string };
  'assignment.changed': { actorId: string };
  /** A revision was published in which passages of the group were found again. */
  'edition.published': object;
  'annotations.imported': { actorId: string | null };
  'annotations.withdrawn': { actorId: string | null };
  /**
   * More or less of the group may be seen than before, apart from any one annotation: by `subjectId`, or by everybody
   * where it is null. Triggers record it, and `number_events` where a reveal date comes.
   */
  'sight.changed': { subjectId: string | null };
} & Record<
  | 'annotation.created'
  | 'annotation.changed'
  | 'annotation.deleted'
  | 'annotation.reanchored'
  | 'annotation.flagged'
  | 'annotation.agree'
  | 'annotation.unagree'
  | `annotation.${AnnotationDecision}`,
  { annotationId: string; actorId: string }
>;

/** The kinds of event; with `Noun`, those whose names begin with it. */
export type ActivityKind<Noun extends string = string> = Extract<keyof Payloads, `${Noun}.${string}`>;

/** Something that happened in a group. */
export type DomainEvent = {
  [Kind in keyof Payloads]: { groupId: string; kind: Kind } & Payloads[Kind];
}[keyof Payloads];

/**
 * An event as it was recorded. `seq` is its place in the one order for all of a group: the moment at which it was first
 * read, in microseconds since 1970.
 */
export type RecordedEvent = DomainEvent & { seq: bigint; createdAt: Date };
