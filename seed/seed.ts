import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { countAnnotations, createGloss, reanchorSection } from '@/lib/annotation';
import { config } from '@/lib/config';
import { importEdition, publishEdition } from '@/lib/edition';
import { foundGroup } from '@/lib/group';
import { createUser, findAccount, operator, type Viewer, viewerOf } from '@/lib/identity';
import { reply } from '@/lib/thread';
import { ACCOUNTS, DISCUSSION, SEMINARS } from './demo';

/** Imports and publishes the first edition, unless just this text is published already. */
export async function seedEdition(source: string): Promise<void> {
  const { slug, unchanged } = await importEdition(source);
  if (!unchanged) await publishEdition(slug, reanchorSection);
}

/** The demo accounts with their password, which is DEMO_PASSWORD or the one kept in `data/demo.json`. */
export type Demo = { password: string; accounts: { email: string; what: string }[] };

/** Makes the demo accounts, the two seminars and the first discussion, whatever of it is missing. */
export async function seedDemo(data: string): Promise<Demo> {
  const password = await demoPassword(path.join(data, 'demo.json'));
  for (const { email, name, admin } of ACCOUNTS) {
    if (!(await findAccount(email))) await createUser(operator, { email, name, admin, password });
  }
  for (const { members, ...seminar } of SEMINARS) await foundGroup(operator, seminar, members);
  await seedDiscussion();
  return { password, accounts: ACCOUNTS };
}

async function seedDiscussion(): Promise<void> {
  const { group, edition, section, threads } = DISCUSSION;
  const instructor = await person('instructor@demo.example');
  if ((await countAnnotations(instructor, group, {})).total > 0) return;
  for (const { by, exact, prefix, suffix, replies, ...note } of threads) {
    const quote = { exact, prefix: prefix ?? '', suffix: suffix ?? '' };
    const gloss = { edition, section: note.section ?? section, quote, visibility: 'group' as const };
    const { kind, tags, body } = note;
    const root = await createGloss(await person(by), group, { ...gloss, kind, tags, body });
    let parent = root.id;
    for (const { by: answering, body: answer } of replies) {
      const made = await reply(await person(answering), parent, {
        body: answer,
        tags: [],
        visibility: 'group',
      });
      parent = made.id;
    }
  }
}

async function person(email: string): Promise<Viewer> {
  const account = await findAccount(email);
  const viewer = account && (await viewerOf(account.id));
  if (!viewer) throw new Error(`The demo account ${email} is missing.`);
  return viewer;
}

async function demoPassword(file: string): Promise<string> {
  const given = config().DEMO_PASSWORD;
  if (given) return given;
  if (existsSync(file)) return (JSON.parse(await readFile(file, 'utf8')) as { password: string }).password;
  const password = randomBytes(9).toString('base64url');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ password }, null, 2)}\n`, { mode: 0o600 });
  return password;
}
