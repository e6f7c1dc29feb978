import jsonld from 'jsonld';
import { DataFactory, type Quad, type Quad_Object, type Quad_Predicate, type Quad_Subject } from 'n3';
import anno from './contexts/anno.json';
import ldp from './contexts/ldp.json';
import { ANNO_CONTEXT, LDP_CONTEXT } from './schema';

const { blankNode, literal, namedNode, quad } = DataFactory;

const CONTEXTS: Record<string, object> = {};
for (const [iri, context] of [[ANNO_CONTEXT, anno] as const, [LDP_CONTEXT, ldp] as const]) {
  CONTEXTS[iri] = context;
  CONTEXTS[iri.replace('http:', 'https:')] = context;
}

/** Contexts from `contexts/`; another one is never fetched and says nothing. */
async function loadContext(documentUrl: string) {
  return { document: CONTEXTS[documentUrl] ?? { '@context': {} }, documentUrl };
}

/**
 * The triples of a JSON-LD document (JSON-LD 1.1 API, toRdf). Names that only an unknown remote context explains,
 * relative IRIs and named graphs are left out; where the document's own contexts are not JSON-LD at all, all names
 * but the W3C's are. Characters that no IRI may have (RFC 3987) are percent-encoded.
 */
export async function graphOf(document: object): Promise<Quad[]> {
  const triples = (json: object) => jsonld.toRDF(json as never, { documentLoader: loadContext as never });
  const given = await triples(document).catch(() =>
    triples({ ...document, '@context': [ANNO_CONTEXT, LDP_CONTEXT] }),
  );
  return (given as Quad[]).flatMap(({ subject, predicate, object, graph }) => {
    const [s, p, o] = [subject, predicate, object].map(termOf);
    if (graph.termType !== 'DefaultGraph' || !s || !p || !o) return [];
    return [quad(s as Quad_Subject, p as Quad_Predicate, o as Quad_Object)];
  });
}

/** A term as N3 knows it; null for one that Turtle cannot write. */
function termOf(term: Quad['object']) {
  if (term.termType === 'BlankNode') return blankNode(term.value);
  if (term.termType === 'NamedNode') return namedNode(cleanIri(term.value));
  if (term.termType !== 'Literal') return null;
  if (!term.language) return literal(term.value, namedNode(cleanIri(term.datatype.value)));
  return /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(term.language) ? literal(term.value, term.language) : null;
}

function cleanIri(iri: string): string {
  return iri.replace(/[\0- <>"{}|\\^`]/g, (character) => encodeURIComponent(character));
}
