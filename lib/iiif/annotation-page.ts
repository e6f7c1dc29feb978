import { type AnnotationRow, iriOf, listOnCanvas } from '@/lib/annotation';
import { canvasIri, fragmentOf, getCanvas, selectorOf } from '@/lib/canvas';
import type { Viewer } from '@/lib/identity/schema';
import { escapeXml } from '@/lib/kernel/code-points';
import type { Json } from '@/lib/kernel/json';
import { renderMarkdown } from '@/lib/markdown';
import { motivationOf, personIri, SCHOLION_NS } from '@/lib/w3c';
import { annotationPageIri, manifestIri, PRESENTATION_CONTEXT } from './manifest';

/**
 * The annotations on the present image of a canvas that `viewer` may see, as an AnnotationPage of IIIF Presentation
 * API 3 (§5.5). Each thread is one annotation, with its replies as further bodies. `after` is the last id of the page
 * before. Throws not_found.
 */
export async function buildAnnotationPage(
  viewer: Viewer,
  edition: string,
  canvas: string,
  after: string | undefined,
): Promise<Json> {
  await getCanvas(viewer, edition, canvas);
  const { threads, next } = await listOnCanvas(viewer, edition, canvas, after);
  const rows = threads.flatMap(({ root, replies }) => [root, ...replies]);
  const rendered = await renderMarkdown(rows.map(({ body }) => body));
  const html = new Map(rows.map(({ id }, i) => [id, rendered[i] ?? '']));
  const id = annotationPageIri(edition, canvas);
  const cursor = (last: string) => `${id}?after=${last}`;
  return {
    '@context': PRESENTATION_CONTEXT,
    id: after === undefined ? id : cursor(after),
    type: 'AnnotationPage',
    ...(next !== null && { next: { id: cursor(next), type: 'AnnotationPage' } }),
    partOf: [{ id: manifestIri(edition), type: 'Manifest' }],
    items: threads.flatMap(({ root, replies }) => annotationsOf(root, replies, html, { edition, canvas })),
  };
}

/** One annotation for each region of the thread on this canvas. */
function annotationsOf(
  root: AnnotationRow,
  replies: AnnotationRow[],
  html: Map<string, string>,
  { edition, canvas }: { edition: string; canvas: string },
): Json[] {
  const source = canvasIri(edition, canvas);
  const regions = root.regions.filter(
    (region) => region.edition === edition && region.canvas === canvas && region.anchor === 'exact',
  );
  return regions.map((region, i) => ({
    id: i === 0 ? iriOf(root) : `${iriOf(root)}#region-${i + 1}`,
    type: 'Annotation',
    motivation: motivationOf(root.kind),
    creator: { id: personIri(root.authorId), type: 'Person', name: root.authorName },
    created: root.createdAt.toISOString(),
    modified: root.modifiedAt.toISOString(),
    ...(root.visibility !== 'group' && { [`${SCHOLION_NS}visibility`]: root.visibility }),
    body: [bodyOf(root, html), ...root.tags.map(tagOf), ...replies.map((reply) => bodyOf(reply, html))],
    // IIIF viewers read a rectangle from the fragment of the IRI; other shapes need a selector.
    target:
      region.svg === null
        ? `${source}#${fragmentOf(region, { unit: '' })}`
        : { type: 'SpecificResource', source: { id: source, type: 'Canvas' }, selector: selectorOf(region) },
  }));
}

/** A post with its name for readers of a viewer, and who wrote it and when for an import. */
function bodyOf(row: AnnotationRow, html: Map<string, string>): Json {
  const { id, authorName, authorId, parentId, visibility } = row;
  return {
    ...(parentId !== null && { id: iriOf(row) }),
    type: 'TextualBody',
    value: `<p><b>${escapeXml(authorName)}</b></p>${html.get(id) ?? ''}`,
    format: 'text/html',
    purpose: parentId === null ? 'commenting' : 'replying',
    creator: { id: personIri(authorId), type: 'Person', name: authorName },
    created: row.createdAt.toISOString(),
    modified: row.modifiedAt.toISOString(),
    ...(visibility !== 'group' && { [`${SCHOLION_NS}visibility`]: visibility }),
  };
}

function tagOf(value: string): Json {
  return { type: 'TextualBody', value, format: 'text/plain', purpose: 'tagging' };
}
