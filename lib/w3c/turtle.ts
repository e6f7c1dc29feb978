import { type BlankNode, DataFactory, type Quad, type Quad_Object, Writer } from 'n3';
import { fastJsonLdToRdf } from './fast-rdf';
import { jsonLdToRdf } from './jsonld-to-rdf';

export const TURTLE_TYPE = 'text/turtle; charset=utf-8';

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const PREFIXES = {
  oa: 'http://www.w3.org/ns/oa#',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  as: 'http://www.w3.org/ns/activitystreams#',
  ldp: 'http://www.w3.org/ns/ldp#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  rdf: RDF,
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

/**
 * A JSON-LD document (an annotation, a collection, a page) in Turtle (RDF 1.1 Turtle). Contexts are never fetched:
 * terms of an unknown remote context are left out, and so are relative IRIs, named graphs, and invalid JSON-LD.
 */
export async function toTurtle(document: object): Promise<string> {
  const turtle = turtleWriter();
  return turtle.begin() + (await turtle.write(document)) + turtle.end();
}

/**
 * Writes Turtle document by document, as text to be concatenated. A blank node that is used once is nested where it is
 * used, a list is written in parentheses. Only `end()` writes the full stop of the last statement, so that an
 * interrupted file does not parse.
 */
export function turtleWriter() {
  let written = '';
  const out = {
    write(text: string) {
      written += text;
    },
  };
  const writer = new Writer(out, { prefixes: PREFIXES, end: false });
  const take = () => {
    const text = written;
    written = '';
    return text;
  };
  let graphs = 0;
  return {
    begin: take,
    async write(document: object): Promise<string> {
      const quads = fastJsonLdToRdf(document as Record<string, unknown>) ?? (await jsonLdToRdf(document));
      writeNested(quads, writer, `g${graphs++}`);
      return take();
    },
    end(): string {
      writer.end();
      return take();
    },
  };
}

/** Writes the triples of one graph; labels of blank nodes begin with `prefix`. */
function writeNested(quads: Quad[], writer: Writer, prefix: string): void {
  const bySubject = new Map<string, Quad[]>();
  const uses = new Map<string, number>();
  for (const triple of quads) {
    const { subject, object } = triple;
    const siblings = bySubject.get(subject.id);
    if (siblings) siblings.push(triple);
    else bySubject.set(subject.id, [triple]);
    if (object.termType === 'BlankNode') uses.set(object.id, (uses.get(object.id) ?? 0) + 1);
  }
  const written = new Set<string>();

  function objectOf(object: Quad_Object): Quad_Object {
    if (object.termType !== 'BlankNode') return object;
    if (uses.get(object.id) !== 1) return labelled(object);
    const list = itemsOf(object);
    if (list) return writer.list(list.map(objectOf)) as unknown as Quad_Object;
    written.add(object.id);
    const inner = bySubject.get(object.id) ?? [];
    return writer.blank(
      inner.map((triple) => ({ predicate: triple.predicate, object: objectOf(triple.object) })),
    );
  }

  /** The items of an RDF list whose cells are used once each; null for any other node. */
  function itemsOf(head: Quad_Object): Quad_Object[] | null {
    const items: Quad_Object[] = [];
    const cells: string[] = [];
    let cell = head;
    while (cell.id !== `${RDF}nil`) {
      const [first, rest, more] = bySubject.get(cell.id) ?? [];
      const isCell = first?.predicate.value === `${RDF}first` && rest?.predicate.value === `${RDF}rest`;
      if (!isCell || more || uses.get(cell.id) !== 1 || cells.includes(cell.id)) return null;
      items.push(first.object);
      cells.push(cell.id);
      cell = rest.object;
    }
    for (const id of cells) written.add(id);
    return items;
  }

  const labelled = (node: BlankNode) => DataFactory.blankNode(`${prefix}${node.value}`);
  function writeSubject(id: string, triples: Quad[]): void {
    written.add(id);
    for (const { subject, predicate, object } of triples) {
      const named = subject.termType === 'BlankNode' ? labelled(subject) : subject;
      writer.addQuad(named, predicate, objectOf(object));
    }
  }
  for (const [id, triples] of bySubject) if (uses.get(id) !== 1) writeSubject(id, triples);
  // What is left are cycles of blank nodes, each of which needs a label.
  for (const [id, triples] of bySubject) {
    if (written.has(id)) continue;
    uses.set(id, 2);
    writeSubject(id, triples);
  }
}
