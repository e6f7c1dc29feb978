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

/** Serves the contexts of `jsonld-contexts.ts`; any other context is empty, because none is ever fetched. */
async function loadContext(documentUrl: string) {
  return { document: CONTEXTS[documentUrl] ?? { '@context': {} }, documentUrl };
}

function toTriples(document: object): Promise<Quad[]> {
  return jsonld.toRDF(document as never, { documentLoader: loadContext as never }) as Promise<Quad[]>;
}

/**
 * The triples of a JSON-LD document (JSON-LD 1.1 API, toRdf). Left out are terms of unknown remote contexts, relative
 * IRIs, named graphs, and what a valid annotation has that is not valid JSON-LD: if its own contexts are invalid, all
 * terms but the W3C's; if it misuses keywords, those. Other annotations on the same page are not affected. Characters
 * that an IRI may not have (RFC 3987) are percent-encoded.
 */
export async function jsonLdToRdf(document: object): Promise<Quad[]> {
  const triples = await toTriples(document)
    .catch(async () => toTriples(await repaired(document as Json)))
    .catch(() => toTriples(bare(document as Json)));
  return triples.flatMap(({ subject, predicate, object, graph }) => {
    const [s, p, o] = [subject, predicate, object].map(termOf);
    if (graph.termType !== 'DefaultGraph' || !s || !p || !o) return [];
    return [quad(s as Quad_Subject, p as Quad_Predicate, o as Quad_Object)];
  });
}

/** The part of a document that is valid JSON-LD; for a page, and the page in a collection, item by item. */
async function repaired(document: Json): Promise<object> {
  const { first, items, '@context': context } = document;
  const inContext = (part: unknown) => ({ '@context': context, ...(part as Json) });
  if (Array.isArray(items)) {
    const repairedItems = items.map((item) => (isObject(item) ? repaired(inContext(item)) : item));
    return { ...document, items: await Promise.all(repairedItems) };
  }
  if (isObject(first)) return { ...document, first: await repaired(inContext(first)) };
  const plain = { ...document, '@context': [ANNO_CONTEXT, LDP_CONTEXT] };
  for (const attempt of [document, plain]) {
    const isValid = await toTriples(attempt).then(
      () => true,
      () => false,
    );
    if (isValid) return attempt;
  }
  return bare(document);
}

function bare(document: Json): object {
  return { ...(withoutKeywords(document) as Json), '@context': [ANNO_CONTEXT, LDP_CONTEXT] };
}

/** JSON without JSON-LD keywords (JSON-LD 1.1 §1.7), and without ids and types that are not strings. */
function withoutKeywords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutKeywords);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([name, inner]) =>
      !name.startsWith('@') &&
      (name !== 'id' || typeof inner === 'string') &&
      (name !== 'type' || [inner].flat().every((type) => typeof type === 'string')),
  );
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutKeywords(inner)]));
}

/** A term for N3; null for one that Turtle cannot write. jsonld returns null for a relative IRI in a list. */
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
