import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as source from './architecture/source-files';
import { type SourceFile as File, sourceFiles as files, roomOf } from './architecture/source-files';
import { OWNERS } from './architecture/table-owners';

/**
 * Who may import whom (docs/architecture.md). `kernel` is everybody's. A room is entered by its door `index`, its
 * `schema`, or a side door named here.
 */
const ROOMS: Record<string, string[]> = {
  kernel: [],
  config: [],
  // One condition and its SQL tag; the rest of policy is pure and runs in the browser too.
  policy: ['db'],
  anchoring: [],
  db: ['config'],
  i18n: [],
  log: ['config'],
  http: ['config', 'i18n'],
  worker: [],
  markdown: ['log', 'worker'],
  // Pure: files in, TEI out.
  conversion: [],
  mail: ['config'],
  identity: ['config', 'policy', 'db', 'i18n', 'log', 'http', 'mail'],
  // Work that is done later; its page is the administrators'.
  job: ['config', 'db', 'log', 'identity'],
  idempotency: ['db'],
  // The moderation log, which every room above may add to.
  'decision-log': ['db'],
  activity: ['policy', 'db', 'identity'],
  unread: ['policy', 'db', 'identity'],
  edition: ['policy', 'db', 'identity', 'worker', 'conversion'],
  group: [
    'decision-log',
    'unread',
    'config',
    'policy',
    'db',
    'i18n',
    'http',
    'identity',
    'activity',
    'edition',
  ],
  assignment: ['policy', 'db', 'markdown', 'identity', 'activity', 'edition', 'group'],
  canvas: ['config', 'policy', 'db', 'i18n', 'identity', 'edition'],
  target: ['anchoring', 'db', 'identity', 'edition', 'canvas'],
  annotation: [
    'unread',
    'config',
    'policy',
    'db',
    'markdown',
    'identity',
    'activity',
    'edition',
    'group',
    'assignment',
    'canvas',
    'target',
  ],
  anchor: [
    'worker',
    'policy',
    'anchoring',
    'db',
    'identity',
    'edition',
    'group',
    'canvas',
    'target',
    'annotation',
  ],
  publication: ['policy', 'anchoring', 'db', 'identity', 'activity', 'edition', 'group', 'canvas', 'anchor'],
  audit: ['config', 'db', 'log', 'identity', 'group'],
  moderation: [
    'policy',
    'anchoring',
    'db',
    'i18n',
    'i18n',
    'identity',
    'decision-log',
    'activity',
    'group',
    'annotation',
  ],
  live: ['policy', 'db', 'log', 'identity', 'activity', 'group', 'annotation'],
  thread: ['identity', 'annotation', 'moderation'],
  metrics: ['db', 'job', 'live'],
  w3c: ['config', 'markdown', 'identity', 'assignment', 'canvas', 'target', 'annotation', 'worker'],
  notice: [
    'config',
    'policy',
    'db',
    'i18n',
    'log',
    'mail',
    'markdown',
    'identity',
    'job',
    'activity',
    'group',
    'assignment',
    'annotation',
  ],
  iiif: ['config', 'i18n', 'markdown', 'identity', 'edition', 'canvas', 'annotation', 'publication', 'w3c'],
  import: [
    'worker',
    'config',
    'policy',
    'db',
    'identity',
    'activity',
    'group',
    'assignment',
    'target',
    'annotation',
    'w3c',
  ],
  administration: [
    'unread',
    'db',
    'i18n',
    'identity',
    'group',
    'assignment',
    'annotation',
    'moderation',
    'import',
    'notice',
  ],
  // What every room has a part in, after the registry of personal data.
  privacy: [
    'config',
    'policy',
    'db',
    'i18n',
    'markdown',
    'identity',
    'job',
    'activity',
    'group',
    'annotation',
    'decision-log',
  ],
  export: [
    'config',
    'i18n',
    'markdown',
    'identity',
    'edition',
    'group',
    'assignment',
    'canvas',
    'target',
    'annotation',
    'w3c',
  ],
  api: [
    'unread',
    'config',
    'policy',
    'db',
    'markdown',
    'i18n',
    'log',
    'http',
    'markdown',
    'idempotency',
    'identity',
    'edition',
    'group',
    'assignment',
    'canvas',
    'annotation',
    'anchor',
    'publication',
    'moderation',
    'audit',
    'live',
    'thread',
    'w3c',
    'iiif',
    'import',
    'administration',
    'export',
    'notice',
    'privacy',
    'job',
    'metrics',
  ],
  app: [
    'config',
    'policy',
    'anchoring',
    'i18n',
    'http',
    'identity',
    'edition',
    'group',
    'assignment',
    'canvas',
    'target',
    'annotation',
    'anchor',
    'publication',
    'moderation',
    'live',
    'import',
    'export',
    'notice',
    'privacy',
    'job',
  ],
  seed: ['policy', 'identity', 'edition', 'group', 'canvas', 'annotation', 'publication', 'thread'],
  scripts: [
    'config',
    'audit',
    'anchoring',
    'db',
    'i18n',
    'identity',
    'edition',
    'assignment',
    'group',
    'canvas',
    'moderation',
    'publication',
    'iiif',
    'import',
    'export',
    'notice',
    'seed',
    'server',
  ],
  server: [
    'config',
    'audit',
    'db',
    'i18n',
    'log',
    'http',
    'markdown',
    'identity',
    'edition',
    'group',
    'annotation',
    'moderation',
    'live',
    'notice',
    'privacy',
    'metrics',
    'api',
  ],
};

const SIDE_DOORS = [
  ...[
    'policy/readable',
    'kernel/errors',
    'worker/collect-garbage',
    'kernel/combining-marks',
    'kernel/pacer',
    'kernel/error-transfer',
    'kernel/escape-html',
    'kernel/field-errors',
    'kernel/group-by',
    'kernel/ids',
    'kernel/json',
    'kernel/json-pointer',
    'kernel/latin-slug',
    'kernel/script-iri',
    'kernel/word-pattern',
    'kernel/words',
    'kernel/list-page',
    'kernel/one-line',
    'kernel/steps',
    'kernel/unzip',
    'kernel/uri',
    'kernel/code-points',
  ],
  ...['db/unique-violation', 'db/embedded', 'db/migrate', 'db/listen'],
  ...[
    'anchoring/inline-diff',
    'annotation/constants',
    'assignment/constants',
    'annotation/page-index/schema',
    'annotation/versions/schema',
    'canvas/constants',
    'canvas/region',
    'group/constants',
    'identity/constants',
    'target/constants',
    'edition/citation',
    'edition/import-report',
    'edition/language',
    'edition/access/state',
    'markdown/bounds',
    'markdown/fast',
    'edition/split-runs',
    'edition/nest-spans',
    'edition/nest-containers',
    'edition/direction',
    'edition/contents',
    'edition/reference-range',
    'group/page-viewer',
    'moderation/constants',
    'moderation/content-notice/schema',
    'decision-log/actions',
    'privacy/registry',
    'identity/auth-options',
  ],
  ...['i18n/client', 'i18n/server', 'i18n/locales', 'i18n/translate', 'i18n/catalogues'],
];
/** Rooms of separate tools, each with a door of its own. */
const OPEN_ROOMS = ['http', 'app', 'seed', 'scripts', 'server'];

/** The folders of app/reader, each with those that it may import; a file beside the folders may import all. */
const READER: Record<string, string[]> = {
  text: [],
  data: ['text'],
  state: ['text', 'data'],
  page: ['state'],
  editor: ['text', 'data', 'state'],
  thread: ['text', 'data', 'state', 'editor'],
  select: ['text', 'data', 'state'],
  margin: ['text', 'data', 'state', 'editor', 'thread', 'select'],
  image: ['text', 'data', 'state', 'thread'],
};
/** Those of them that work without React. */
const WITHOUT_REACT = ['text', 'data'];

/** Rooms of which another may import types alone: `app` types its calls by the API's routes, and loads none of them. */
const TYPE_DOORS: Record<string, string[]> = { app: ['api'] };

/** The files of ours that `file` imports and loads, as paths from the root without their ending. */
function importsOf({ path, room, code }: File): string[] {
  const loaded = code.replace(/import type [^;]*? from '@\/lib\/(\w+)';/g, (whole, target) =>
    TYPE_DOORS[room]?.includes(target) ? '' : whole,
  );
  return source.importsOf({ path, code: loaded });
}

/** What is wrong with a file of the reader: an import against the order of its folders, or React where it has none. */
function readerFaultsOf(file: File): string[] {
  const folderOf = (target: string) => /^app\/reader\/(\w+)\//.exec(target)?.[1];
  const folder = folderOf(file.path);
  if (folder === undefined) return [];
  const faults = importsOf(file)
    .filter((target) => /^app\/(reader|editions)\b/.test(target))
    .filter((target) => {
      const other = folderOf(target);
      return other !== folder && (other === undefined || !READER[folder]?.includes(other));
    })
    .map((target) => `${file.path} may not import ${target}`);
  if (WITHOUT_REACT.includes(folder) && /from '(react|next)(\/[^']*)?'/.test(file.code))
    faults.push(`${file.path} imports React or Next`);
  return faults;
}

/** Everything that is wrong with a file, in words. */
function faultsOf(file: File): string[] {
  const faults: string[] = readerFaultsOf(file);
  for (const target of importsOf(file)) {
    const room = roomOf(target);
    if (room === file.room || target.includes('/generated/')) continue;
    if (room !== 'kernel' && !ROOMS[file.room]?.includes(room))
      faults.push(`${file.path} may not import ${room}`);
    const inner = target.replace(/^lib\//, '');
    const isDoor = inner === room || inner === `${room}/schema` || SIDE_DOORS.includes(inner);
    if (!isDoor && !OPEN_ROOMS.includes(room)) faults.push(`${file.path} enters ${room} through ${inner}`);
  }
  const isStore = /\/store\.ts$/.test(file.path) || file.room === 'db';
  for (const [, model = ''] of file.code.matchAll(
    /\b(?:db|tx|client)\.(\w+)\.(?:find|create|update|delete|upsert|count)/g,
  )) {
    if (!isStore) faults.push(`${file.path} touches the table ${model} outside a store`);
    else if (OWNERS[model] !== file.room)
      faults.push(`${file.path} touches the table ${model} of another room`);
  }
  if (!isStore && /\bquery<|\$queryRaw|\$executeRaw/.test(file.code))
    faults.push(`${file.path} has SQL outside a store`);
  if (/process\.env/.test(file.code) && !['config', 'scripts'].includes(file.room)) {
    faults.push(`${file.path} reads the environment: lib/config does`);
  }
  if (file.path.startsWith('lib/') && /\.catch\(\(\) => null\)/.test(file.code)) {
    faults.push(`${file.path} takes every failure for an absence: nullIfNotFound does not`);
  }
  const inBrowserOrNext =
    ['app', 'i18n', 'server'].includes(file.room) || /(page-viewer|auth-options)\.ts$/.test(file.path);
  if (!inBrowserOrNext && /from '(next|react)(\/[^']*)?'/.test(file.code)) {
    faults.push(`${file.path} imports Next or React into a room`);
  }
  return faults;
}

/** Rooms, or folders of the reader, that import one another in a circle. */
function circles(table: Record<string, string[]>): string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  const visit = (room: string, way: string[]): void => {
    if (way.includes(room)) found.push([...way.slice(way.indexOf(room)), room].join(' → '));
    if (way.includes(room) || seen.has(room)) return;
    for (const next of table[room] ?? []) visit(next, [...way, room]);
    seen.add(room);
  };
  for (const room of Object.keys(table)) visit(room, []);
  return found;
}

describe('the rooms', () => {
  it('were all seen', () => {
    const known = new Set(Object.keys(ROOMS));
    assert.ok(files.length > 150, `only ${files.length} files were seen`);
    assert.deepEqual(
      [...new Set(files.map(({ room }) => room))].filter((room) => !known.has(room)),
      [],
    );
    assert.ok(files.flatMap(importsOf).length > 400, 'the imports were not seen');
  });

  it('import only whom they may, through doors, and tables through their own store', () => {
    assert.deepEqual(files.flatMap(faultsOf), []);
  });

  it('stand in no circle', () => {
    assert.deepEqual([...circles(ROOMS), ...circles(READER)], []);
  });

  it('would be caught at each of these', () => {
    const planted = (file: string, code: string) => faultsOf({ path: file, room: roomOf(file), code });
    const wrong = [
      planted('lib/policy/x.ts', "import { a } from '@/lib/annotation';"),
      planted('app/x.tsx', "import { a } from '@/lib/annotation/store';"),
      planted('app/x.ts', "import { httpApp } from '@/lib/api';"),
      planted('app/reader/thread/x.tsx', "const X = lazy(() => import('../image/x'));"),
      planted('app/reader/data/x.ts', "import { useState } from 'react';"),
      planted('lib/moderation/index.ts', "import { a } from '../annotation/store';"),
      planted('lib/thread/index.ts', 'await tx.annotation.create({})'),
      planted('lib/thread/store.ts', 'await tx.annotation.create({})'),
      planted('lib/export/formats/csv.ts', 'await query<Row>(sql)'),
      planted('lib/http/x.ts', 'process.env.PORT'),
      planted('lib/group/x.ts', "import { headers } from 'next/headers';"),
      planted('lib/export/x.ts', 'await getEdition(slug).catch(() => null)'),
    ];
    for (const faults of wrong) assert.notDeepEqual(faults, []);
    assert.deepEqual(planted('app/x.ts', "import type { ApiRoutes } from '@/lib/api';"), []);
  });
});
