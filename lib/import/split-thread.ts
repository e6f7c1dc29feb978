import { isObject, type Json } from '@/lib/kernel/json';
import { ANNO_CONTEXT, SCHOLION_NS } from '@/lib/w3c';
import type { ImportSource } from './import-source';
import { omitUndefined, toArray } from './third-party';

const VISIBILITY = `${SCHOLION_NS}visibility`;

/** The bodies of a mended annotation that are comments, each with its pointer in the annotation. */
type Comment = { body: Json; at: string };

/**
 * A thread that a program keeps as the list of bodies of one annotation, as an annotation and replies to it: the first
 * comment stays with the passage, those that answer it become replies, in their order. With `all` every further comment
 * does, since Recogito does not tell them apart.
 */
export function splitThread(
  annotation: Json,
  pointer: string,
  { name, all }: { name: string; all: boolean },
): ImportSource['items'] {
  const bodies = toArray(annotation.body);
  const comments = bodies.flatMap((body, i): Comment[] =>
    isObject(body) && isComment(body)
      ? [{ body, at: Array.isArray(annotation.body) ? `/${name}/${i}` : `/${name}` }]
      : [],
  );
  const [first] = comments;
  // If the first comment was deleted, only replies are left.
  const own = first && !isAnswer(first.body) ? first : null;
  const answers = comments.filter((comment) => comment !== own && (all || isAnswer(comment.body)));
  if (answers.length === 0) return [{ pointer, annotation }];
  const kept = bodies.filter((body) => !answers.some((answer) => answer.body === body));
  const root = omitUndefined({ ...annotation, body: kept.length === 0 ? undefined : kept });
  const id = String(annotation.id);
  const seen = new Set<string>();
  const replies = answers.map(({ body, at }, i) => {
    const { id: _, creator, created, modified, [VISIBILITY]: visibility, ...content } = body;
    const reply = omitUndefined({
      '@context': ANNO_CONTEXT,
      id: replyIri(id, body, i, seen),
      type: 'Annotation',
      motivation: 'replying',
      // What only its author could read was answered by nobody else.
      creator: creator ?? (annotation[VISIBILITY] === 'private' ? annotation.creator : undefined),
      created,
      modified,
      body: { ...content, purpose: 'replying' },
      target: id,
      [VISIBILITY]: visibility ?? annotation[VISIBILITY],
    });
    return { pointer: pointer + at, annotation: reply };
  });
  return [{ pointer, annotation: root }, ...replies];
}

/** Whether a valid annotation has answers among its bodies, and is none itself. */
export function hasAnswers({ body, motivation }: Json): boolean {
  const comments = toArray(body).filter((one): one is Json => isObject(one) && isComment(one));
  const isReply = toArray(motivation).includes('replying');
  return !isReply && comments.length > 1 && comments.some(isAnswer) && !comments.every(isAnswer);
}

/** An IRI for a reply that is the same in the next export: from its own id, else from its time of creation. */
function replyIri(root: string, { id, created }: Json, i: number, seen: Set<string>): string {
  const name = typeof created === 'string' && created !== '' ? encodeURIComponent(created) : String(i + 1);
  const iri = typeof id === 'string' && id !== '' ? id : `${root}#${name}`;
  const unique = seen.has(iri) ? `${iri}-${i + 1}` : iri;
  seen.add(unique);
  return unique;
}

function isAnswer({ purpose }: Json): boolean {
  return toArray(purpose).includes('replying');
}

function isComment({ purpose, type, value }: Json): boolean {
  const isTextual = type === undefined || toArray(type).includes('TextualBody');
  const isFor =
    purpose === undefined || toArray(purpose).some((name) => name === 'commenting' || name === 'replying');
  return isTextual && isFor && typeof value === 'string';
}
