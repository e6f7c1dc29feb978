import type { AnnotationRow } from '@/lib/annotation';
import type { AssignmentRecord } from '@/lib/assignment/schema';
import {
  ANNO_CONTEXT,
  ASSIGNMENTS_PROPERTY,
  assignmentToJson,
  containerIri,
  motivationOf,
  toJsonLd,
} from '@/lib/w3c';
import type { FormatWriter } from '../format-writer';
import type { JsonLdFacts } from '../spool-reader';

/** The group of an export. */
export type ExportedGroup = { slug: string; name: string; assignments: AssignmentRecord[] };

type Annotation = ReturnType<typeof toJsonLd>;

const annotations = new WeakMap<AnnotationRow, Annotation>();
const texts = new WeakMap<AnnotationRow, string>();

/** An annotation as a Web Annotation, made once for all formats. */
export function webAnnotationOf(row: AnnotationRow): Annotation {
  const known = annotations.get(row);
  if (known) return known;
  const annotation = toJsonLd(row);
  annotations.set(row, annotation);
  return annotation;
}

/** What other formats need of the Web Annotation. For annotations that were written here, it follows from the row. */
export function jsonLdFacts(row: AnnotationRow): JsonLdFacts {
  if (row.received === null)
    return { motivation: row.parentId === null ? motivationOf(row.kind) : 'replying' };
  const { motivation, creator } = toJsonLd(row);
  return { motivation, creator };
}

function jsonOf(row: AnnotationRow): string {
  const known = texts.get(row);
  if (known) return known;
  const json = JSON.stringify(webAnnotationOf(row));
  texts.set(row, json);
  return json;
}

/** How an annotation with only the W3C's context begins: within a page it is left out, because the page has it. */
const CONTEXT = `{"@context":${JSON.stringify(ANNO_CONTEXT)},`;

/**
 * A W3C AnnotationCollection with one page that has all annotations (Web Annotation Data Model §5), replies included.
 * The assignments of the group stand before them, so that the file can be brought in with them. `total` comes before the items, so that an interrupted file can be told by it.
 */
export async function* writeJsonLd({ slug, name, assignments }: ExportedGroup, total: number): FormatWriter {
  const id = containerIri(slug);
  const tasks = assignments.map((assignment) => assignmentToJson(slug, assignment));
  const head = {
    ...{ '@context': ANNO_CONTEXT, id, type: 'AnnotationCollection', label: name, total },
    ...(tasks.length > 0 && { [ASSIGNMENTS_PROPERTY]: tasks }),
  };
  const page = { id: `${id}?export`, type: 'AnnotationPage', partOf: id, startIndex: 0 };
  let text = `${JSON.stringify(head).slice(0, -1)},"first":${JSON.stringify(page).slice(0, -1)},"items":[`;
  for (let left = total; left > 0; left--) {
    const json = jsonOf(yield text);
    const embedded = json.startsWith(CONTEXT) ? `{${json.slice(CONTEXT.length)}` : json;
    text = (left === total ? '\n' : ',\n') + embedded;
  }
  return `${text}\n]}}\n`;
}

/** One Web Annotation in each line, with its context (JSON Lines). */
export async function* writeJsonLines(total: number): FormatWriter {
  let text = '';
  for (let left = total; left > 0; left--) text = `${jsonOf(yield text)}\n`;
  return text;
}
