import type { Annotation, ContentResource, InternationalString, Manifest, Range } from '@iiif/presentation-3';
import {
  type Canvas,
  canvasIri,
  fullImageUrl,
  imageInfo,
  listCanvases,
  serviceIri,
  thumbnailUrl,
} from '@/lib/canvas';
import { config } from '@/lib/config';
import { type Edition, getEdition } from '@/lib/edition';
import { locales, translator } from '@/lib/i18n';
import type { Viewer } from '@/lib/identity/schema';

/** The context of IIIF Presentation API 3 (§4.6). */
export const PRESENTATION_CONTEXT = 'http://iiif.io/api/presentation/3/context.json';
/** The media type of documents with this context (§5.1 "Responses and Requests"). */
export const PRESENTATION_TYPE = `application/ld+json;profile="${PRESENTATION_CONTEXT}"`;

/** The IRI of an edition's manifest. */
export function manifestIri(edition: string): string {
  return `${config().address}/iiif/${encodeURIComponent(edition)}/manifest`;
}

/** The IRI of the annotations on a canvas, as an AnnotationPage. */
export function annotationPageIri(edition: string, canvas: string): string {
  return `${canvasIri(edition, canvas)}/annotations`;
}

/**
 * The page images of an edition as a manifest of IIIF Presentation API 3 (§5.2): its canvases in order, its sections as
 * ranges of canvases, links to the text, and a reference to the annotations on each canvas. Throws not_found for an
 * edition that is not there for this viewer.
 */
export async function buildManifest(viewer: Viewer, slug: string): Promise<Manifest> {
  const [edition, canvases] = await Promise.all([getEdition(viewer, slug), listCanvases(viewer, slug)]);
  const { title, language, header } = edition;
  const id = manifestIri(slug);
  const [first] = canvases;
  const { journal, volume, year, firstPage, lastPage } = header.source;
  const printed = [journal, volume, year, [firstPage, lastPage].filter(Boolean).join('–')].filter(Boolean);
  const metadata = [
    ...(header.authors.length > 0 ? [metadataEntry('author', header.authors)] : []),
    ...(printed.length > 0 ? [metadataEntry('source', [printed.join(', ')])] : []),
  ];
  const isReset = canvases.some(({ image }) => !image.facsimile);
  return {
    '@context': PRESENTATION_CONTEXT,
    id,
    type: 'Manifest',
    label: { [language]: [title] },
    ...(metadata.length > 0 && { metadata }),
    ...(isReset && {
      requiredStatement: { label: inAllLanguages('pageImages'), value: inAllLanguages('notFacsimile') },
    }),
    ...(first && { thumbnail: [thumbnailIn(first)] }),
    homepage: [homepageAt(`${config().address}/editions/${encodeURIComponent(slug)}`)],
    behavior: ['paged'],
    items: canvases.map((canvas) => canvasIn(canvas)),
    structures: rangesOf(edition, canvases),
  } as Manifest;
}

/** The page of the text at `id`, in all languages of the pages. */
function homepageAt(id: string) {
  return { id, type: 'Text', format: 'text/html', label: inAllLanguages('text'), language: [...locales] };
}

function canvasIn(canvas: Canvas): Manifest['items'][number] {
  const { edition, id: name, width, height, image, section } = canvas;
  const id = canvasIri(edition, name);
  const painting = {
    id: `${id}/image`,
    type: 'Annotation',
    motivation: 'painting',
    body: {
      id: fullImageUrl(image),
      type: 'Image',
      format: 'image/jpeg',
      width,
      height,
      service: [serviceIn(canvas)],
    },
    target: id,
  } as unknown as Annotation;
  const at = `${config().address}/editions/${encodeURIComponent(edition)}/${encodeURIComponent(section)}`;
  return {
    id,
    type: 'Canvas',
    label: labelOf(canvas),
    width,
    height,
    thumbnail: [thumbnailIn(canvas)],
    ...(!image.facsimile && {
      requiredStatement: { label: inAllLanguages('pageImages'), value: inAllLanguages('notFacsimile') },
    }),
    homepage: [homepageAt(`${at}?canvas=${encodeURIComponent(name)}`)],
    items: [{ id: `${id}/page`, type: 'AnnotationPage', items: [painting] }],
    annotations: [
      { id: annotationPageIri(edition, name), type: 'AnnotationPage', label: inAllLanguages('annotations') },
    ],
  } as Manifest['items'][number];
}

/** The label of a canvas; in all languages, with a statement, where its image is not a facsimile. */
function labelOf({ label, image }: Canvas): InternationalString {
  if (image.facsimile) return { none: [label] };
  return Object.fromEntries(
    locales.map((locale) => [locale, [`${label} (${translator(locale, 'canvas')('notFacsimile')})`]]),
  );
}

function thumbnailIn({ image }: Canvas): ContentResource {
  return { id: thumbnailUrl(image), type: 'Image', format: 'image/jpeg' };
}

/** The reference to an image service: version 3 has id and type, version 2 @id and @type (§4.5). */
function serviceIn({ image }: Canvas): Record<string, unknown> {
  const { type, '@id': old, profile } = imageInfo(image);
  const level = [profile].flat()[0];
  return type === 'ImageService3' || old === undefined
    ? { id: serviceIri(image), type: 'ImageService3', profile: level }
    : { '@id': serviceIri(image), '@type': 'ImageService2', profile: level };
}

/** Each section as a range of canvases (§5.4), from the page on which it begins to its last page. */
function rangesOf({ slug, language, sections }: Edition, canvases: Canvas[]): Range[] {
  const byPage = new Map(canvases.flatMap((canvas) => (canvas.page ? [[canvas.page, canvas] as const] : [])));
  let page: string | undefined;
  return sections.flatMap(({ id, title, pages }) => {
    const firstPages = pages[0]?.offset === 0 || page === undefined ? [] : [page];
    const labels = [...firstPages, ...pages.map(({ label }) => label)];
    page = labels.at(-1) ?? page;
    const shown = labels.flatMap((label) => byPage.get(label) ?? []);
    if (shown.length === 0) return [];
    const items = shown.map((canvas) => ({ id: canvasIri(slug, canvas.id), type: 'Canvas' as const }));
    const iri = `${config().address}/iiif/${encodeURIComponent(slug)}/range/${encodeURIComponent(id)}`;
    return { id: iri, type: 'Range', label: { [language]: [title] }, items } as Range;
  });
}

type CanvasMessage = 'pageImages' | 'notFacsimile' | 'text' | 'annotations' | 'author' | 'source';

/** A message in all languages of the pages (§4.4). */
function inAllLanguages(key: CanvasMessage): InternationalString {
  return Object.fromEntries(locales.map((locale) => [locale, [translator(locale, 'canvas')(key)]]));
}

function metadataEntry(
  key: CanvasMessage,
  values: string[],
): { label: InternationalString; value: InternationalString } {
  return { label: inAllLanguages(key), value: { none: values } };
}
