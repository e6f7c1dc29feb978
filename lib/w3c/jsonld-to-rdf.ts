import jsonld from 'jsonld';
import { DataFactory, type Quad, type Quad_Object, type Quad_Predicate, type Quad_Subject } from 'n3';
import { isObject, type Json } from '@/lib/kernel/json';
import { ANNO, LDP } from './jsonld-contexts';
import { ANNO_CONTEXT, LDP_CONTEXT } from './schema';

const { blankNode, literal, namedNode, quad } = DataFactory;

const CONTEXTS: Record<string, object> = {};
for (const [iri, context] of [[ANNO_CONTEXT, ANNO] as const, [LDP_CONTEXT, LDP] as const]) {
  CONTEXTS[iri] = context;
  CONTEXTS[iri.replace('http:', 'https:')] = context;
}

/** Contexts from `jsonld-contexts.ts`; another one is never fetched and says nothing. */
async function loadContext(documentUrl: string) {
  return { document: CONTEXTS[documentUrl] ?? { '@context': {} }, documentUrl };
}

function toTriples(document: object): Promise<Quad[]> {
  return jsonld.toRDF(document as never, { documentLoader: loadContext as never }) as Promise<Quad[]>;
}

/**
 * The triples of a JSON-LD document (JSON-LD 1.1 API, toRdf). Names that only an unknown remote context explains,
 * relative IRIs and named graphs are left out. What a valid annotation has that is not JSON-LD is left out too, and
 * of no other annotation on its page: where its own contexts are none, all names but the W3C's; where it uses keywords
 * of JSON-LD as that does not allow, those. Characters that no IRI may have (RFC 3987) are percent-encoded.
 */
export async function jsonLdToRdf(document: object): Promise<Quad[]> {
  const given = await toTriples(document)
    .catch(async () => toTriples(await repaired(document as Json)))
    .catch(() => toTriples(bare(document as Json)));
  return given.flatMap(({ subject, predicate, object, graph }) => {
    const [s, p, o] = [subject, predicate, object].map(termOf);
    if (graph.termType !== 'DefaultGraph' || !s || !p || !o) return [];
    return [quad(s as Quad_Subject, p as Quad_Predicate, o as Quad_Object)];
  });
}

/** As much of a document as is JSON-LD: of a page, and of the page in a collection, each item by itself. */
async function repaired(document: Json): Promise<object> {
  const { first, items, '@context': context } = document;
  const inContext = (part: unknown) => ({ '@context': context, ...(part as Json) });
  if (Array.isArray(items)) {
    const sound = items.map((item) => (isObject(item) ? repaired(inContext(item)) : item));
    return { ...document, items: await Promise.all(sound) };
  }
  if (isObject(first)) return { ...document, first: await repaired(inContext(first)) };
  const plain = { ...document, '@context': [ANNO_CONTEXT, LDP_CONTEXT] };
  for (const attempt of [document, plain]) {
    const isSound = await toTriples(attempt).then(
      () => true,
      () => false,
    );
    if (isSound) return attempt;
  }
  return bare(document);
}

function bare(document: Json): object {
  return { ...(withoutKeywords(document) as Json), '@context': [ANNO_CONTEXT, LDP_CONTEXT] };
}

/** JSON without the names that JSON-LD has a meaning for (JSON-LD 1.1 §1.7), and ids and types that are no names. */
function withoutKeywords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutKeywords);
  if (!isObject(value)) return value;
  const others = Object.entries(value).filter(
    ([name, inner]) =>
      !name.startsWith('@') &&
      (name !== 'id' || typeof inner === 'string') &&
      (name !== 'type' || [inner].flat().every((one) => typeof one === 'string')),
  );
  return Object.fromEntries(others.map(([name, inner]) => [name, withoutKeywords(inner)]));
}

/** A term as N3 knows it; null for one that Turtle cannot write. jsonld gives null for a relative IRI in a list. */
function termOf(term: Quad['object'] | null) {
  if (!term) return null;
  if (term.termType === 'BlankNode') return blankNode(term.value);
  if (term.termType === 'NamedNode') return namedNode(cleanIri(term.value));
  if (term.termType !== 'Literal') return null;
  if (!term.language) return literal(term.value, namedNode(cleanIri(term.datatype.value)));
  return /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(term.language) ? literal(term.value, term.language) : null;
}

function cleanIri(iri: string): string {
  return iri.replace(/[\0- <>"{}|\\^`]/g, (character) => encodeURIComponent(character));
}
