import { isObject, type Json } from '@/lib/kernel/json';
import { agentsAndTimesOf, motivationsOf, NAMESPACE } from './mend-members';
import { externalIri, omitUndefined } from './third-party';

/** A body as the model wants it (W3C Annotation Model §3.2); none for nothing, two where the program has a note beside a value. */
export function mendBody(body: unknown): Json[] {
  if (typeof body === 'string' && body.trim() !== '') return [fromString(body)];
  if (!isObject(body)) return [];
  const { note, ...given } = body;
  const main = isObjectOfSource(given) ? fromLinkedValue(given) : fromValue(given);
  if (typeof note !== 'string' || note.trim() === '') return [main];
  // Recogito 2 keeps a comment on a place or a person beside it.
  const { creator, created, modified } = main;
  return [
    main,
    omitUndefined({ type: 'TextualBody', value: note, purpose: 'commenting', creator, created, modified }),
  ];
}

/** A body that is an IRI stays one; another string is a text. */
function fromString(body: string): Json {
  return /^[a-z][a-z0-9+.-]*:\S+$/i.test(body)
    ? { id: externalIri(body, NAMESPACE) }
    : { type: 'TextualBody', value: body };
}

/** Recogito 2 gives a place or a person as the `value` of a SpecificResource, which has a source instead (§4). */
function isObjectOfSource({ type, value, source }: Json): boolean {
  return [type].flat().includes('SpecificResource') && typeof value === 'string' && source === undefined;
}

function fromLinkedValue({ value, id, ...rest }: Json): Json {
  const iri = [id, value].find((name) => typeof name === 'string' && /^[a-z][a-z0-9+.-]*:\S+$/i.test(name));
  // Without an IRI it is what the annotator wrote down.
  if (iri === undefined) return fromValue({ ...rest, type: 'TextualBody', value });
  const source = externalIri(iri as string, NAMESPACE);
  const label = value === iri ? {} : { label: value };
  return common({ ...rest, source: value === iri ? source : { id: source, ...label } });
}

function fromValue({ id, value, type, format, ...rest }: Json): Json {
  const text = plainTextOf(value);
  return common({
    id: typeof id === 'string' && id !== '' ? externalIri(id, NAMESPACE) : undefined,
    type: type ?? (text === undefined ? `${NAMESPACE}Body` : 'TextualBody'),
    ...rest,
    value: text ?? value,
    format: text === value || text === undefined ? format : 'text/plain',
  });
}

function common({ purpose, ...body }: Json): Json {
  const { '@context': _, ...members } = body;
  return omitUndefined({
    ...members,
    purpose: purpose === undefined || purpose === null ? undefined : motivationsOf(purpose),
    ...agentsAndTimesOf(body),
  });
}

/** The plain text of a value: a string, a term's label, or the text of the editor's own format (Quill Delta). */
function plainTextOf(value: unknown): string | undefined {
  if (isObject(value)) return typeof value.label === 'string' ? value.label : JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string' || !/^\s*\{\s*"ops"/.test(value))
    return typeof value === 'string' ? value : undefined;
  try {
    const { ops } = JSON.parse(value) as { ops: { insert?: unknown }[] };
    return ops
      .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
      .join('')
      .trim();
  } catch {
    return value;
  }
}
