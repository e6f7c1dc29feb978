import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { countAnnotations, createGloss } from '@/lib/annotation';
import { uploadImage } from '@/lib/canvas';
import { listEditions } from '@/lib/edition';
import { provisionGroup } from '@/lib/group';
import { createAccount, findAccount, operator, resetPassword, type Viewer, viewerOf } from '@/lib/identity';
import { publishDraft, uploadDraft } from '@/lib/publication';
import { createReply } from '@/lib/thread';
import { ACCOUNTS, DISCUSSION, SEMINARS } from './demo';

const FIRST = 'seed/gheorghiu-2009.xml';
/** Its page images, rendered from the text by scripts/render-sample-pages.ts, because there are no scans of it. */
const PAGES = 'seed/pages';

/** Imports and publishes the first edition with its page images, unless there is any edition. */
export async function seedEdition(): Promise<void> {
  if ((await listEditions(operator)).length > 0) return;
  const { slug } = await uploadDraft(operator, await readFile(FIRST, 'utf8'));
  await publishDraft(operator, slug);
  for (const file of (await readdir(PAGES)).sort()) {
    const page = path.parse(file).name;
    await uploadImage(operator, slug, await readFile(path.join(PAGES, file)), { page, facsimile: false });
  }
}

export type Demo = { password: string; accounts: { email: string; what: string }[] };

/** Creates the demo accounts, the two groups and the first discussion, as far as they are missing. */
export async function seedDemo(password: string): Promise<Demo> {
  for (const { email, name, admin } of ACCOUNTS) {
    if (await findAccount(email)) await resetPassword(operator, email, password);
    else await createAccount(operator, { email, name, admin, password });
  }
  for (const { members, ...seminar } of SEMINARS) await provisionGroup(operator, seminar, members);
  await seedDiscussion();
  return { password, accounts: ACCOUNTS };
}

async function seedDiscussion(): Promise<void> {
  const { group, edition, section, threads } = DISCUSSION;
  const instructor = await demoViewer('instructor@demo.example');
  if ((await countAnnotations(instructor, group, {})).total > 0) return;
  for (const { by, exact, prefix, suffix, replies, ...note } of threads) {
    const quote = { exact, prefix: prefix ?? '', suffix: suffix ?? '' };
    const gloss = { edition, section: note.section ?? section, quote, visibility: 'group' as const };
    const { kind, tags, body } = note;
    const root = await createGloss(await demoViewer(by), group, { ...gloss, kind, tags, body });
    let parent = root.id;
    for (const { by: answering, body: answer } of replies) {
      const made = await createReply(await demoViewer(answering), parent, {
        body: answer,
        tags: [],
        visibility: 'group',
      });
      parent = made.id;
    }
  }
}

async function demoViewer(email: string): Promise<Viewer> {
  const account = await findAccount(email);
  const viewer = account && (await viewerOf(account.id));
  if (!viewer) throw new Error(`The demo account ${email} is missing.`);
  return viewer;
}
