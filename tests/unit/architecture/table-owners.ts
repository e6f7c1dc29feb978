import { readFileSync } from 'node:fs';

/** The room that owns each table, by its name in Prisma's client. Only its owner writes a table. */
export const OWNERS: Record<string, string> = {
  user: 'identity',
  account: 'identity',
  session: 'identity',
  token: 'identity',
  verificationToken: 'identity',
  passwordLink: 'identity',
  accountChange: 'identity',
  // A library counts in it for two rooms; nobody writes SQL for it.
  rateLimit: 'http',
  edition: 'edition',
  revision: 'edition',
  section: 'edition',
  paragraph: 'edition',
  note: 'edition',
  page: 'edition',
  correction: 'edition',
  span: 'edition',
  division: 'edition',
  stagedSection: 'edition',
  image: 'canvas',
  imageFile: 'canvas',
  canvas: 'canvas',
  picture: 'canvas',
  group: 'group',
  member: 'group',
  readingListItem: 'group',
  invitation: 'group',
  emailInvitation: 'group',
  formerMember: 'group',
  subgroup: 'group',
  subgroupMember: 'group',
  assignment: 'assignment',
  participation: 'assignment',
  annotation: 'annotation',
  annotationVersion: 'annotation',
  hiddenVersion: 'annotation',
  // A trigger on annotation writes it.
  earlierSight: 'annotation',
  readMark: 'unread',
  readTo: 'unread',
  agreement: 'annotation',
  passage: 'target',
  region: 'target',
  stagedAnchor: 'anchor',
  flag: 'moderation',
  // Triggers on the logs write them.
  auditEntry: 'audit',
  auditHead: 'audit',
  evidence: 'moderation',
  contentNotice: 'moderation',
  appeal: 'moderation',
  queueLook: 'moderation',
  researchConsent: 'privacy',
  warning: 'moderation',
  memberNote: 'moderation',
  decision: 'decision-log',
  erasure: 'privacy',
  import: 'import',
  event: 'activity',
  idempotencyKey: 'idempotency',
  notice: 'notice',
  noticeCursor: 'notice',
  noticeSetting: 'notice',
  reminder: 'notice',
  watch: 'notice',
};

/** Which rooms read tables of other rooms in their SQL, and why the owner's door does not do. */
export const FOREIGN_READS: Record<string, { tables: string[]; reason: string }> = {
  policy: {
    tables: [
      ...['annotation', 'group', 'assignment', 'participation', 'subgroup_member'],
      ...['edition', 'reading_list_item', 'passage', 'region', 'member'],
    ],
    reason: 'the two conditions are one piece of SQL each inside every read of annotations and editions',
  },
  identity: {
    tables: ['member', 'group', 'email_invitation'],
    reason:
      'a viewer comes with their memberships, and with whether they are invited, in the one statement that every request begins with',
  },
  canvas: {
    tables: ['edition', 'section', 'page', 'region'],
    reason:
      'a canvas belongs to the section of its printed page; an image that a region was drawn on is kept',
  },
  target: {
    tables: ['canvas', 'staged_anchor'],
    reason:
      'a region is exact while its canvas has its image; all passages move to where they were staged at once',
  },
  assignment: {
    tables: ['annotation', 'edition'],
    reason: 'whether anybody wrote in one; those on editions that the viewer may not read are not there',
  },
  annotation: {
    tables: [
      'user',
      'group',
      'edition',
      'assignment',
      'passage',
      'region',
      'flag',
      'decision',
      'appeal',
      'member',
    ],
    reason:
      'names of authors, whether a new one is late, the date of an empty container, the revisions in its fingerprint, the columns of a page index, and which threads an undone import must keep',
  },
  anchor: {
    tables: ['passage', 'annotation'],
    reason: 'passages are staged with the version of their gloss, thousands at a time',
  },
  moderation: {
    tables: ['read_mark', 'user', 'annotation', 'annotation_version', 'group', 'decision', 'member'],
    reason:
      'names in the queue and the log; a decision is on an annotation that stands on an edition; what was decided on is kept as it stood, as long as the group says',
  },
  group: {
    tables: ['edition', 'section', 'user'],
    reason:
      'titles on a reading list, of those that the viewer may read; whether an address is invited anywhere else',
  },
  edition: {
    tables: ['reading_list_item', 'group'],
    reason: 'the library says which of the viewer’s groups read an edition, and can show those alone',
  },
  notice: {
    tables: [
      ...[
        'decision',
        'flag',
        'annotation',
        'group',
        'assignment',
        'edition',
        'user',
        'member',
        'participation',
        'subgroup_member',
      ],
      'event',
    ],
    reason:
      'who is to be told is decided for all events and dates at once, and what they may see of it in the statement that lists or counts',
  },
  'decision-log': {
    tables: ['annotation'],
    reason: 'the reasons of decisions on what a person wrote go when that is erased',
  },
  privacy: {
    tables: [
      ...['hidden_version', 'user', 'annotation', 'annotation_version', 'passage', 'edition', 'decision'],
      ...['group', 'member'],
    ],
    reason:
      'the copy of one’s data has notes with their passages and versions, as the registry names them; names are taken out of a copy for research',
  },
  audit: { tables: ['group'], reason: 'the slug of a group stands in its signed head' },
  import: { tables: ['user'], reason: 'names in the list of imports' },
  unread: {
    tables: ['annotation'],
    reason: 'what of a group somebody has read is a question about its annotations',
  },
  activity: { tables: ['assignment'], reason: 'a reveal date that comes is an event which nobody writes' },
  live: {
    tables: ['group', 'passage'],
    reason:
      'the visibility condition about many events and receivers, in one statement, with where their threads stand',
  },
};

/** The room that owns each table, by the table's name in SQL (`@@map` in prisma/schema.prisma). */
export function ownersBySqlName(schema = readFileSync('prisma/schema.prisma', 'utf8')): Map<string, string> {
  const owners = new Map<string, string>();
  for (const [, model = '', body = ''] of schema.matchAll(/^model (\w+) \{(.*?)^\}/gms)) {
    const [, table = model] = /@@map\("(\w+)"\)/.exec(body) ?? [];
    const client = model.charAt(0).toLowerCase() + model.slice(1);
    owners.set(table, OWNERS[client] ?? 'nobody');
  }
  return owners;
}
