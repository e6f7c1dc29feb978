import { isObject, type Json } from '@/lib/kernel/json';
import { ANNO_CONTEXT, SCHOLION_NS } from '@/lib/w3c';
import type { ImportSource } from './import-source';
import { externalIri, omitUndefined, portableSelectors, toArray, toUtc } from './third-party';

const NAMESPACE = 'urn:hypothesis:';

/** An annotation in the JSON of the Hypothesis API (h, services/annotation_json.py). */
type HypothesisRow = Json & { id: string; uri: string; user: string };

/** The annotations in a Hypothesis file, each with its JSON pointer; null where the file is another format. */
export function findHypothesisRows(json: unknown): { row: HypothesisRow; pointer: string }[] | null {
  const [name, rows] = rowsIn(json);
  if (!Array.isArray(rows)) return isRow(json) ? [{ row: json, pointer: '' }] : null;
  if (!rows.every(isRow) || (rows.length === 0 && name === '')) return null;
  return rows.map((row, i) => ({ row, pointer: `${name}/${i}` }));
}

/** The list in a file, and its pointer: of a search, of the client's export, or the file itself. */
function rowsIn(json: unknown): [string, unknown] {
  if (!isObject(json)) return ['', json];
  if ('rows' in json) return ['/rows', json.rows];
  return 'export_date' in json || 'client_version' in json ? ['/annotations', json.annotations] : ['', null];
}

function isRow(row: unknown): row is HypothesisRow {
  return (
    isObject(row) && ['id', 'uri', 'user'].every((name) => typeof row[name] === 'string') && !('type' in row)
  );
}

/**
 * Hypothesis annotations as Web Annotations. The parent of a reply is the last of its `references` that the file has,
 * because those after it were deleted. What only its author could read stays private.
 */
export function fromHypothesis(rows: { row: HypothesisRow; pointer: string }[]): ImportSource['items'] {
  const iris = new Map(rows.map(({ row }) => [row.id, iriOfRow(row)]));
  return rows.map(({ row, pointer }) => ({ pointer, annotation: toWebAnnotation(row, iris) }));
}

function toWebAnnotation(row: HypothesisRow, iris: Map<string, string>): Json {
  const references = toArray(row.references).filter((id) => typeof id === 'string');
  const parent = references.findLast((id) => iris.has(id)) ?? references.at(-1);
  const text = typeof row.text === 'string' ? row.text : '';
  const tags = toArray(row.tags).filter((tag) => typeof tag === 'string');
  const motivation = motivationOf({ isReply: parent !== undefined, text, tags });
  const bodies = [
    ...(text.trim() === ''
      ? []
      : [
          {
            type: 'TextualBody',
            value: text,
            format: 'text/markdown',
            purpose: motivation === 'replying' ? 'replying' : 'commenting',
          },
        ]),
    ...tags.map((value) => ({ type: 'TextualBody', value, purpose: 'tagging' })),
  ];
  return omitUndefined({
    '@context': ANNO_CONTEXT,
    id: iriOfRow(row),
    type: 'Annotation',
    motivation,
    creator: creatorOfRow(row),
    created: toUtc(row.created),
    modified: toUtc(row.updated),
    ...(bodies.length > 0 && { body: bodies }),
    target: parent === undefined ? targetOf(row) : (iris.get(parent) ?? sibling(row, parent)),
    [`${SCHOLION_NS}visibility`]: visibilityOf(row),
    [`${SCHOLION_NS}state`]: stateOf(row),
  });
}

function motivationOf({ isReply, text, tags }: { isReply: boolean; text: string; tags: unknown[] }): string {
  if (isReply) return 'replying';
  if (text.trim() !== '') return 'commenting';
  return tags.length > 0 ? 'tagging' : 'highlighting';
}

/** The IRI of an annotation: its own link, because other servers run the same software; else one at hypothes.is. */
function iriOfRow({ id, links }: HypothesisRow): string {
  const html = isObject(links) ? links.html : undefined;
  const isItsOwn = typeof html === 'string' && /^https?:\/\//.test(html) && html.endsWith(`/a/${id}`);
  return isItsOwn ? html : `https://hypothes.is/a/${encodeURIComponent(id)}`;
}

function sibling(row: HypothesisRow, id: string): string {
  return iriOfRow(row).replace(/[^/]*$/, encodeURIComponent(id));
}

/** `acct:name@authority` is an IRI (RFC 7565). */
function creatorOfRow({ user, user_info: info }: HypothesisRow): Json {
  const [, name = user] = /^acct:([^@]+)@/.exec(user) ?? [];
  const shown = isObject(info) && typeof info.display_name === 'string' ? info.display_name.trim() : '';
  return { id: externalIri(user, NAMESPACE), type: 'Person', name: shown || name, nickname: name };
}

function targetOf({ uri, target, document }: HypothesisRow): Json | Json[] {
  const [title] = isObject(document) ? toArray(document.title) : [];
  const label = typeof title === 'string' && title.trim() !== '' ? title : null;
  const targets = toArray(target).filter(isObject);
  const all = (targets.length > 0 ? targets : [{}]).map(({ source, selector }: Json) => {
    const id = externalIri(typeof source === 'string' ? source : uri, NAMESPACE);
    const selectors = portableSelectors(toArray(selector), NAMESPACE);
    return {
      type: 'SpecificResource',
      source: label === null ? id : { id, label },
      ...(selectors.length > 0 && { selector: selectors }),
    };
  });
  return all.length === 1 ? (all[0] as Json) : all;
}

/** Private where `permissions.read` names only the author. */
function visibilityOf({ permissions, user }: HypothesisRow): string | undefined {
  const readers = isObject(permissions) ? toArray(permissions.read) : [];
  return readers.length === 1 && readers[0] === user ? 'private' : undefined;
}

/** The state by moderation (h, models/annotation.py ModerationStatus). */
function stateOf({ hidden, moderation_status: status }: HypothesisRow): string | undefined {
  if (status === 'DENIED' || status === 'SPAM') return 'denied';
  if (status === 'PENDING') return 'pending';
  return hidden === true ? 'hidden' : undefined;
}
