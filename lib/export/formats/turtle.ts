import { ANNO_CONTEXT, containerIri, turtleWriter } from '@/lib/w3c';
import type { FormatWriter } from '../format-writer';
import { type ExportedGroup, webAnnotationOf } from './json-ld';

/** The annotations in Turtle; the collection with its total comes first. */
export async function* writeTurtle({ slug, name }: ExportedGroup, total: number): FormatWriter {
  const turtle = turtleWriter();
  const collection = { id: containerIri(slug), type: 'AnnotationCollection', label: name, total };
  let text = turtle.begin() + (await turtle.write({ '@context': ANNO_CONTEXT, ...collection }));
  for (let left = total; left > 0; left--) {
    const annotation = webAnnotationOf(yield text);
    text = await turtle.write(annotation).catch(() => {
      // An external annotation may have parts that are not JSON-LD: then only the server's own statements are written.
      const { id, type, creator, created, modified } = annotation;
      return turtle.write({ '@context': ANNO_CONTEXT, id, type, creator, created, modified });
    });
  }
  return text + turtle.end();
}
