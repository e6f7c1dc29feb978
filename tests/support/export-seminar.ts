import { config } from '@/lib/config';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from './seminar';

/** A seminar with all that an export can meet, and who is in it. */
export type ExportSeminar = {
  group: string;
  student: TestUser;
  other: TestUser;
  instructor: TestUser;
  /** Ids of what the student may see, in order of creation. */
  shown: string[];
  root: string;
  reply: string;
  deep: string;
  overlapping: string;
  onNote: string;
  whole: string;
  /** Came as a Web Annotation from elsewhere, on two passages. */
  twofold: string;
  hidden: string;
  /** Words that no one but their author may find in an export. */
  secret: string;
};

/** Makes it: threads on two sections and a footnote, a tombstone, private notes, and words that each format fears. */
export async function createExportSeminar(): Promise<ExportSeminar> {
  await publishSampleEdition();
  const student = await createUserWithToken('student', 'write', 'Студентка <Ион & Co>');
  const other = await createUserWithToken('other', 'write', '=HYPERLINK("x")');
  const instructor = await createUserWithToken('instructor', 'moderate', 'Îndrumător');
  const group = await createSeminar({
    student: { somebody: student, role: 'student' },
    other: { somebody: other, role: 'student' },
    instructor: { somebody: instructor, role: 'instructor' },
  });
  const root = await postGloss(student, group, {
    body: '«Шумиха»: *noise* <script>alert(1)</script> & "so on"\n\nSecond ]]> paragraph, \u0001 𝔄',
    tags: ['press, noisy', 'ă'],
    kind: 'translation',
  });
  const secret = 'tajemství';
  await postGloss(other, group, { body: secret, visibility: 'private' });
  const reply = await postReply(instructor, root.id, { body: '=1+1' });
  await postReply(other, root.id, { body: secret, visibility: 'private' });
  const deep = await postReply(student, reply.id, { body: 'line one\nline two' });
  const overlapping = await postGloss(other, group, {
    start: 930,
    end: 1100,
    body: '| a | b |\n|---|---|\n| 1 | 2 |',
    kind: 'question',
  });
  const hidden = await postGloss(other, group, { start: 11, end: 40, body: `${secret} hidden` });
  const moderated = await call(instructor, `/api/v1/annotations/${hidden.id}/moderation`, {
    body: { action: 'hide', reason: 'off-topic', version: hidden.version },
  });
  if (!moderated.ok) throw new Error(await moderated.text());
  const onNote = await postGloss(student, group, {
    section: 'article.n5',
    start: 0,
    end: 3,
    body: 'A footnote’s footnote',
  });
  const whole = await postGloss(student, group, {
    section: 'article',
    start: undefined,
    end: undefined,
    body: 'All of it',
  });
  const { address } = config();
  const source = `${address}/editions/gheorghiu-2009/doc1`;
  const on = (exact: string) => ({ source, selector: { type: 'TextQuoteSelector', exact } });
  const foreign = {
    '@context': ['http://www.w3.org/ns/anno.jsonld', { mood: 'https://feelings.example/mood' }],
    type: 'Annotation',
    mood: 'grim',
    creator: { id: 'https://elsewhere.example/ana', name: 'Ana' },
    body: [{ type: 'TextualBody', value: 'On two places', format: 'text/plain', language: 'en' }],
    target: [on('социалистические странны'), on('нездоровой шумихи')],
  };
  const posted = await call(student, `/groups/${group}/annotations/`, {
    body: foreign,
    headers: { 'content-type': 'application/ld+json' },
  });
  if (posted.status !== 201) throw new Error(await posted.text());
  const twofold = {
    id:
      String((await posted.json()).id)
        .split('/')
        .at(-1) ?? '',
  };
  const shown = [root, reply, deep, overlapping, hidden, onNote, whole, twofold].map(({ id }) => id);
  return {
    group,
    student,
    other,
    instructor,
    shown,
    secret,
    root: root.id,
    reply: reply.id,
    deep: deep.id,
    overlapping: overlapping.id,
    hidden: hidden.id,
    onNote: onNote.id,
    whole: whole.id,
    twofold: twofold.id,
  };
}

/** What an export gives somebody, and what it says of it. */
export async function exportAs(
  who: TestUser,
  group: string,
  query: string,
): Promise<{ bytes: Buffer; headers: Headers }> {
  const response = await call(who, `/api/v1/groups/${group}/export?${query}`);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return { bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers };
}
