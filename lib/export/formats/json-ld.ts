import type { AnnotationRow } from '@/lib/annotation';
import { ANNO_CONTEXT, containerIri, motivationOf, toJsonLd } from '@/lib/w3c';
import type { FormatWriter } from '../format-writer';
import type { JsonLdFacts } from '../spool-reader';

/** A group as an export speaks of it. */
export type ExportedGroup = { slug: string; name: string };

type Annotation = ReturnType<typeof toJsonLd>;

const annotations = new WeakMap<AnnotationRow, Annotation>();
const texts = new WeakMap<AnnotationRow, string>();

/** A note as a Web Annotation, made once for all formats that want it. */
export function webAnnotationOf(row: AnnotationRow): Annotation {
  const known = annotations.get(row);
  if (known) return known;
  const made = toJsonLd(row);
  annotations.set(row, made);
  return made;
}

/** What formats that are no JSON-LD want to know of a note's Web Annotation: of our own notes it needs none made. */
export function jsonLdFacts(row: AnnotationRow): JsonLdFacts {
  if (row.received === null)
    return { motivation: row.parentId === null ? motivationOf(row.kind) : 'replying' };
  const { motivation, creator } = toJsonLd(row);
  return { motivation, creator };
}

function jsonOf(row: AnnotationRow): string {
  const known = texts.get(row);
  if (known) return known;
  const made = JSON.stringify(webAnnotationOf(row));
  texts.set(row, made);
  return made;
}

/** How every annotation begins that has no context but the W3C's: inside a page the page has it. */
const CONTEXT = `{"@context":${JSON.stringify(ANNO_CONTEXT)},`;

/**
 * A W3C AnnotationCollection with one page that holds everything (Web Annotation Data Model §5), replies
 * included. `total` stands before the items, so that a file that breaks off is seen to be broken.
 */
export async function* writeJsonLd({ slug, name }: ExportedGroup, total: number): FormatWriter {
  const id = containerIri(slug);
  const head = { '@context': ANNO_CONTEXT, id, type: 'AnnotationCollection', label: name, total };
  const page = { id: `${id}?export`, type: 'AnnotationPage', partOf: id, startIndex: 0 };
  let text = `${JSON.stringify(head).slice(0, -1)},"first":${JSON.stringify(page).slice(0, -1)},"items":[`;
  for (let left = total; left > 0; left--) {
    const json = jsonOf(yield text);
    const embedded = json.startsWith(CONTEXT) ? `{${json.slice(CONTEXT.length)}` : json;
    text = (left === total ? '\n' : ',\n') + embedded;
  }
  return `${text}\n]}}\n`;
}

/** A Web Annotation a line, each whole by itself, with its context. */
export async function* writeJsonLines(total: number): FormatWriter {
  let text = '';
  for (let left = total; left > 0; left--) text = `${jsonOf(yield text)}\n`;
  return text;
}
