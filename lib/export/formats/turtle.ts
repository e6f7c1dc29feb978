import { ANNO_CONTEXT, containerIri, turtleWriter } from '@/lib/w3c';
import type { FormatWriter } from '../format-writer';
import { type ExportedGroup, webAnnotationOf } from './json-ld';

/** The annotations as triples in Turtle, the collection with its total first. */
export async function* writeTurtle({ slug, name }: ExportedGroup, total: number): FormatWriter {
  const turtle = turtleWriter();
  const collection = { id: containerIri(slug), type: 'AnnotationCollection', label: name, total };
  let text = turtle.begin() + (await turtle.write({ '@context': ANNO_CONTEXT, ...collection }));
  for (let left = total; left > 0; left--) {
    const annotation = webAnnotationOf(yield text);
    text = await turtle.write(annotation).catch(() => {
      // What came from elsewhere need not be JSON-LD in every corner: then what the server says of it has to do.
      const { id, type, creator, created, modified } = annotation;
      return turtle.write({ '@context': ANNO_CONTEXT, id, type, creator, created, modified });
    });
  }
  return text + turtle.end();
}
