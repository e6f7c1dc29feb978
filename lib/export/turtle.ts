import { ANNO_CONTEXT, containerOf, toJsonLd, turtleWriter } from '@/lib/w3c';
import type { Subject } from './json-ld';
import type { Selection } from './selection';

/** The annotations as triples in Turtle, the collection with its total first. */
export async function* turtleOf({ slug, name }: Subject, selection: Selection): AsyncGenerator<string> {
  const turtle = turtleWriter();
  const collection = { id: containerOf(slug), type: 'AnnotationCollection', label: name };
  yield turtle.begin();
  yield await turtle.write({ '@context': ANNO_CONTEXT, ...collection, total: selection.entries.length });
  for await (const row of selection.rows()) {
    const annotation = toJsonLd(row);
    yield await turtle.write(annotation).catch(() => {
      // What came from elsewhere need not be JSON-LD in every corner: then what the server says of it has to do.
      const { id, type, creator, created, modified } = annotation;
      return turtle.write({ '@context': ANNO_CONTEXT, id, type, creator, created, modified });
    });
  }
  yield turtle.end();
}
