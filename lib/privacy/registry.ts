/**
 * The registry of personal data: every table and column that holds some, what for and for how long, what a merge of two
 * accounts and an erasure do with it. Erasures and copies of one's data are made from it; a test compares it with the
 * schema, so that no new column is forgotten.
 */
export type PersonalTable = {
  /** What it is kept for. */
  why: string;
  /** For how long. */
  kept: string;
  /** Columns that name a person by their id. */
  people?: Record<string, PersonColumn>;
  /** Columns with what a person wrote, or what identifies them. */
  words?: Record<string, WordsColumn>;
  /** Columns that are never handed out, since whoever has them is that person or may guess at it. */
  secrets?: string[];
  /** The columns without personal data, parted by spaces. */
  rest?: string;
};

export type PersonColumn = {
  /** What a merge does: the row becomes the other account's, ends, or goes on saying which account it was. */
  merge: 'moves' | 'ends' | 'stays';
  /** What an erasure does: the row goes, or names somebody whom nothing is known of. */
  erasure: 'row' | 'replaced';
  /** Whether the rows are this person's own, and stand in the copy of their data. */
  own: boolean;
};

/** `by`: the column with the person whose words they are; `nobody` where the row is somebody else's, or the erasure has a step of its own. */
export type WordsColumn = { by: string };

const OWN_ROW: PersonColumn = { merge: 'moves', erasure: 'row', own: true };
const ENDING: PersonColumn = { merge: 'ends', erasure: 'row', own: true };
const OWN_ACT: PersonColumn = { merge: 'moves', erasure: 'replaced', own: true };
const LOGGED: PersonColumn = { merge: 'stays', erasure: 'replaced', own: true };
const STEP: WordsColumn = { by: 'nobody' };

export const PERSONAL_DATA: Record<string, PersonalTable> = {
  user: {
    why: 'the account',
    kept: 'until its person is erased',
    people: { merged_into: OWN_ACT },
    words: { id: STEP, name: STEP, email: STEP, image: STEP, locale: STEP },
    secrets: ['password_hash'],
    rest: 'email_verified email_claimed admin created_at deactivated_at deleted_at',
  },
  account: {
    why: 'signing in at another provider',
    kept: 'as long as the account',
    people: { user_id: OWN_ROW },
    words: { subject: STEP },
    rest: 'issuer type created_at',
  },
  session: {
    why: 'being signed in',
    kept: '30 days, or until one signs out',
    people: { user_id: ENDING },
    secrets: ['session_token'],
    rest: 'expires created_at',
  },
  verification_token: {
    why: 'signing in by a link that was mailed',
    kept: 'a day',
    words: { identifier: STEP },
    secrets: ['token'],
    rest: 'expires',
  },
  password_link: {
    why: 'a new password',
    kept: 'a day',
    people: { user_id: ENDING },
    secrets: ['hash'],
    rest: 'mailed expires created_at',
  },
  account_change: {
    why: 'the log of accounts: who did what to whose',
    kept: 'for good; an erased person is named no longer',
    people: {
      user_id: LOGGED,
      actor_id: { ...LOGGED, own: false },
      other_id: { ...LOGGED, own: false },
    },
    rest: 'id kind group_id created_at',
  },
  token: {
    why: 'access by scripts',
    kept: 'until it is revoked or expires',
    people: { user_id: ENDING },
    secrets: ['hash'],
    rest: 'id name scope group_id created_at expires_at last_used_at',
  },
  idempotency_key: {
    why: 'a write that is sent again is done once',
    kept: 'a day',
    people: { user_id: { merge: 'stays', erasure: 'row', own: true } },
    secrets: ['hash', 'digest', 'answer', 'claim'],
    rest: 'new_id claimed_at created_at',
  },
  rate_limit: {
    why: 'nobody guesses passwords: counts by hashes',
    kept: 'a quarter of an hour',
    secrets: ['key'],
    rest: 'points expire',
  },
  member: {
    why: 'who is in a group, and as what',
    kept: 'until one leaves',
    people: { user_id: OWN_ROW },
    words: { muted_reason: STEP },
    rest: 'group_id role moderates joined_at premoderated muted_until',
  },
  former_member: {
    why: 'who was removed does not come back by a link; who left still reads what they wrote',
    kept: 'as long as the account',
    people: { user_id: OWN_ROW },
    rest: 'group_id removed left_at',
  },
  email_invitation: {
    why: 'an address that staff invited',
    kept: 'until it is used or taken back',
    people: { created_by: OWN_ACT },
    words: { email: STEP },
    rest: 'group_id id role created_at',
  },
  invitation: {
    why: 'links into a group',
    kept: 'as long as the group',
    people: { created_by: OWN_ACT },
    secrets: ['code'],
    rest: 'group_id id role created_at expires_at revoked_at uses',
  },
  participation: {
    why: 'who did what in an assignment, dates of their own, grades',
    kept: 'as long as the account',
    people: { user_id: OWN_ROW },
    words: { request: { by: 'user_id' }, grade: { by: 'user_id' }, comment: { by: 'user_id' } },
    rest: 'group_id assignment_id unlocked_at done_at due replies_due',
  },
  subgroup_member: {
    why: 'who works with whom',
    kept: 'until one leaves',
    people: { user_id: OWN_ROW },
    rest: 'group_id subgroup_id assignment_id',
  },
  annotation: {
    why: 'notes and answers: what this server is for',
    kept: 'until their author has them erased; what was deleted, for as long as the operator sets',
    people: { author_id: OWN_ACT },
    words: {
      ...{ body: STEP, tags: STEP, received: STEP, origins: STEP, reason: STEP },
      ...{ reading: STEP, citation: STEP, citation_address: STEP },
    },
    rest: 'group_id id root_id parent_id edition section assignment_id kind visibility state deleted_from version created_at modified_at revision import_id shared_at locked pinned endorsed resolved returned edited_at',
  },
  annotation_version: {
    why: 'what a note said before',
    kept: 'as the note',
    words: { body: STEP, tags: STEP, received: STEP, reading: STEP, citation: STEP, citation_address: STEP },
    rest: 'group_id annotation_id version kind visibility written_at passages regions',
  },
  agreement: {
    why: 'who agrees with a note',
    kept: 'until it is taken back',
    people: { user_id: OWN_ROW },
    rest: 'group_id annotation_id created_at',
  },
  import: {
    why: 'an import can be taken back',
    kept: 'as long as the group',
    people: { actor_id: OWN_ACT },
    rest: 'group_id id format total created_at undone_at',
  },
  flag: {
    why: 'a report to the staff',
    kept: 'as the note; an erased reporter is named no longer',
    people: { user_id: OWN_ACT },
    words: { note: { by: 'user_id' } },
    rest: 'group_id annotation_id reason created_at settled_at',
  },
  decision: {
    why: 'the log of moderation',
    kept: 'for good; an erased person is named no longer',
    people: { actor_id: LOGGED, subject_id: LOGGED },
    words: { reason: { by: 'actor_id' }, details: STEP },
    rest: 'group_id id annotation_id action before after version batch_id created_at',
  },
  content_notice: {
    why: 'a notice of content by somebody without an account',
    kept: 'a year after its decision; then without name and address, for the yearly figures',
    words: { why: STEP, name: STEP, email: STEP },
    rest: 'group_id id annotation_id locale created_at settled_at outcome',
  },
  evidence: {
    why: 'what a decision was made on, as it stood',
    kept: 'as long as the group’s rule says',
    people: { author_id: { merge: 'stays', erasure: 'row', own: true } },
    words: { body: STEP, tags: STEP },
    rest: 'group_id decision_id annotation_id version created_at kept_until',
  },
  appeal: {
    why: 'what an author says against a decision, and what was answered',
    kept: 'as the log; an erased author is named no longer',
    people: { author_id: OWN_ACT, decided_by: { ...LOGGED, own: false } },
    words: { words: { by: 'author_id' }, answer: { by: 'author_id' } },
    rest: 'group_id decision_id annotation_id created_at outcome decided_at',
  },
  research_consent: {
    why: 'only who agreed is in the copy of a group for research',
    kept: 'until it is taken back, or as long as the account',
    people: { user_id: { ...OWN_ROW, merge: 'stays' } },
    rest: 'group_id wording consented_at',
  },
  queue_look: {
    why: 'two of the staff do not decide on one note at the same time',
    kept: 'ten minutes',
    people: { user_id: ENDING },
    rest: 'group_id annotation_id looked_at',
  },
  warning: {
    why: 'what staff said to a member, who says that they have read it',
    kept: 'as long as the account',
    people: { user_id: OWN_ROW, actor_id: { ...LOGGED, own: false } },
    words: { words: STEP },
    rest: 'group_id id created_at acknowledged_at',
  },
  member_note: {
    why: 'what staff notes of a member; no page shows it to them, and the copy of their data does',
    kept: 'as long as the account',
    people: { user_id: OWN_ROW, actor_id: { ...LOGGED, own: false } },
    words: { words: STEP },
    rest: 'group_id id created_at',
  },
  event: {
    why: 'open pages and notices follow what happens',
    kept: 'for good; an erased person is named no longer',
    people: { actor_id: { ...LOGGED, own: false }, subject_id: { ...LOGGED, own: false } },
    rest: 'group_id seq number kind annotation_id created_at',
  },
  read_to: {
    why: 'what is new to somebody; nobody else sees it',
    kept: 'as long as the account',
    people: { user_id: OWN_ROW },
    rest: 'group_id edition section at',
  },
  read_mark: {
    why: 'what is new to somebody; nobody else sees it',
    kept: 'as long as the account',
    people: { user_id: OWN_ROW },
    rest: 'group_id annotation_id is_read',
  },
  notice: {
    why: 'what somebody is told',
    kept: '180 days',
    people: { user_id: OWN_ROW },
    rest: 'group_id id kind action annotation_id assignment_id source created_at read_at mailed_at',
  },
  reminder: {
    why: 'what staff wrote to those who still owed something in an assignment',
    kept: 'as long as the assignment',
    people: { actor_id: LOGGED },
    words: { words: { by: 'actor_id' } },
    rest: 'group_id id assignment_id created_at',
  },
  watch: {
    why: 'what somebody follows',
    kept: 'as long as the account',
    people: { user_id: OWN_ROW },
    words: { subject: STEP },
    rest: 'group_id watching',
  },
  notice_setting: {
    why: 'how somebody wants to be told',
    kept: 'as long as the account',
    people: { user_id: ENDING },
    secrets: ['feed_hash'],
    rest: 'mail time_zone digest_at',
  },
  erasure: {
    why: 'an erasure that somebody asked for, and its result',
    kept: 'the marks until it is done; its result, which names nobody, for a year',
    words: { marks: STEP },
    secrets: ['secret_hash'],
    rest: 'id notes requested_at due done_at result',
  },
};

/** Texts and images of editions, which are never changed once they are published: nothing of an account is in them. */
export const EDITION_TABLES = [
  ...[
    'edition',
    'revision',
    'staged_section',
    'section',
    'division',
    'paragraph',
    'note',
    'page',
    'correction',
  ],
  ...['span', 'image', 'image_file', 'picture', 'canvas'],
];

/** Tables without personal data: texts, images, groups as such, the record's digests. */
export const IMPERSONAL_TABLES = [
  ...EDITION_TABLES,
  ...['group', 'reading_list_item', 'assignment', 'subgroup', 'passage', 'region', 'earlier_sight'],
  ...['hidden_version', 'staged_anchor', 'audit_entry', 'audit_head', 'notice_cursor'],
];

/** Every column that names a person, as `table.column`, with what a merge does with it. */
export function columnsOfPeople(): Record<string, PersonColumn['merge']> {
  const columns: Record<string, PersonColumn['merge']> = {};
  for (const [table, { people = {} }] of Object.entries(PERSONAL_DATA))
    for (const [column, { merge }] of Object.entries(people)) columns[`${table}.${column}`] = merge;
  return columns;
}
