import { isObject, type Json } from '@/lib/kernel/json';
import { ANNO_CONTEXT, SCHOLION_NS } from '@/lib/w3c';
import type { ImportRemark, ImportSource } from './import-source';
import { externalIri, omitUndefined, portableSelectors, toArray } from './third-party';
import { timeOrAsGiven } from './times';

const NAMESPACE = 'urn:hypothesis:';

/** An annotation in the JSON of the Hypothesis API (h, services/annotation_json.py). */
type HypothesisRow = Json & { id: string; uri: string; user: string };

/** The rows of a Hypothesis file, each with its JSON pointer, and what to remark on them; null where the file is another format. */
export function findHypothesisRows(
  json: unknown,
): { rows: { row: unknown; pointer: string }[]; remarks: ImportRemark[] } | null {
  const lists = listsIn(json);
  if (!lists) return isRow(json) ? { rows: [{ row: json, pointer: '' }], remarks: [] } : null;
  const rows = lists.flatMap(([name, list]) => list.map((row, i) => ({ row, pointer: `${name}/${i}` })));
  const isBareList = Array.isArray(json);
  if (rows.length === 0 ? isBareList : !rows.some(({ row }) => isRow(row))) return null;
  // Replies that come apart are not counted in the total.
  const found = lists[0]?.[1].length ?? 0;
  const total = isObject(json) ? json.total : undefined;
  const isCutOff = typeof total === 'number' && total > found;
  return { rows, remarks: isCutOff ? [{ kind: 'cut-off', total, found }] : [] };
}

/**
 * The lists in a file with their pointers: of a search, whose replies may come apart (`_separate_replies`), of the
 * client's export, or the file itself.
 */
function listsIn(json: unknown): [string, unknown[]][] | null {
  if (Array.isArray(json)) return [['', json]];
  if (!isObject(json)) return null;
  const list = (name: string): [string, unknown[]][] =>
    Array.isArray(json[name]) ? [[`/${name}`, json[name]]] : [];
  if (Array.isArray(json.rows)) return [...list('rows'), ...list('replies')];
  const isExport = 'export_date' in json || 'client_version' in json;
  return isExport && Array.isArray(json.annotations) ? list('annotations') : null;
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
export function fromHypothesis(rows: { row: unknown; pointer: string }[]): ImportSource['items'] {
  const iris = new Map(rows.flatMap(({ row }) => (isRow(row) ? [[row.id, iriOfRow(row)] as const] : [])));
  return rows.map(({ row, pointer }) => ({
    pointer,
    // What is no row is left for the validation to refuse.
    annotation: isRow(row) ? toWebAnnotation(row, iris) : (row as object),
  }));
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
    created: timeOrAsGiven(row.created),
    modified: timeOrAsGiven(row.updated),
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
    // Its positions count in the whole page around the text.
    const selectors = portableSelectors(toArray(selector), NAMESPACE).filter(
      ({ type }) => type !== 'TextPositionSelector',
    );
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
