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

/** The context of IIIF Presentation API 3 (§4.6). */
export const PRESENTATION_CONTEXT = 'http://iiif.io/api/presentation/3/context.json';
/** The media type of what has it (§5.1 of "Responses and Requests"). */
export const PRESENTATION_TYPE = `application/ld+json;profile="${PRESENTATION_CONTEXT}"`;

/** The IRI of an edition's manifest (design.md, Public surface). */
export function manifestIri(edition: string): string {
  return `${config().address}/iiif/${encodeURIComponent(edition)}/manifest`;
}

/** The IRI of what is written on a canvas, as a page of annotations. */
export function annotationPageIri(edition: string, canvas: string): string {
  return `${canvasIri(edition, canvas)}/annotations`;
}

/**
 * An edition's page images as a manifest of IIIF Presentation API 3 (§5.2): its canvases in order, its sections as
 * ranges of them, the way to the text, and on each canvas, by reference, what the caller may see written there.
 * Throws not_found for an edition that is unknown or was never published.
 */
export async function buildManifest(slug: string): Promise<Manifest> {
  const [edition, canvases] = await Promise.all([getEdition(slug), listCanvases(slug)]);
  const { title, language, header } = edition;
  const id = manifestIri(slug);
  const [first] = canvases;
  const { journal, volume, year, firstPage, lastPage } = header.source;
  const printed = [journal, volume, year, [firstPage, lastPage].filter(Boolean).join('–')].filter(Boolean);
  const said = [
    ...(header.authors.length > 0 ? [pair('author', header.authors)] : []),
    ...(printed.length > 0 ? [pair('source', [printed.join(', ')])] : []),
  ];
  const isReset = canvases.some(({ image }) => !image.facsimile);
  return {
    '@context': PRESENTATION_CONTEXT,
    ...{ id, type: 'Manifest', label: { [language]: [title] } },
    ...(said.length > 0 && { metadata: said }),
    ...(isReset && { requiredStatement: { label: inAll('pageImages'), value: inAll('notFacsimile') } }),
    ...(first && { thumbnail: [thumbnailIn(first)] }),
    homepage: [
      {
        ...{
          id: `${config().address}/editions/${encodeURIComponent(slug)}`,
          type: 'Text',
          format: 'text/html',
        },
        ...{ label: inAll('text'), language: [...locales] },
      },
    ],
    behavior: ['paged'],
    items: canvases.map((canvas) => canvasIn(canvas)),
    structures: rangesOf(edition, canvases),
  } as Manifest;
}

function canvasIn(canvas: Canvas): Manifest['items'][number] {
  const { edition, id: name, width, height, image, section } = canvas;
  const id = canvasIri(edition, name);
  const painting = {
    ...{ id: `${id}/image`, type: 'Annotation', motivation: 'painting' },
    body: {
      ...{ id: fullImageUrl(image), type: 'Image', format: 'image/jpeg', width, height },
      service: [serviceIn(canvas)],
    },
    target: id,
  } as unknown as Annotation;
  const at = `${config().address}/editions/${encodeURIComponent(edition)}/${encodeURIComponent(section)}`;
  return {
    ...{ id, type: 'Canvas', label: labelOf(canvas), width, height },
    thumbnail: [thumbnailIn(canvas)],
    ...(!image.facsimile && {
      requiredStatement: { label: inAll('pageImages'), value: inAll('notFacsimile') },
    }),
    homepage: [
      {
        id: `${at}?canvas=${encodeURIComponent(name)}`,
        ...{ type: 'Text', format: 'text/html', label: inAll('text'), language: [...locales] },
      },
    ],
    items: [{ id: `${id}/page`, type: 'AnnotationPage', items: [painting] }],
    annotations: [
      { id: annotationPageIri(edition, name), type: 'AnnotationPage', label: inAll('annotations') },
    ],
  } as Manifest['items'][number];
}

/** A canvas's label, with what has to be said of its image. */
function labelOf({ label, image }: Canvas): InternationalString {
  if (image.facsimile) return { none: [label] };
  return Object.fromEntries(
    locales.map((locale) => [locale, [`${label} (${translator(locale, 'canvas')('notFacsimile')})`]]),
  );
}

function thumbnailIn({ image }: Canvas): ContentResource {
  return { id: thumbnailUrl(image), type: 'Image', format: 'image/jpeg' };
}

/** An image service as it is named in a manifest: of version 3 by id and type, of version 2 by @id and @type (§4.5). */
function serviceIn({ image }: Canvas): Record<string, unknown> {
  const { type, '@id': old, profile } = imageInfo(image);
  const level = [profile].flat()[0];
  return type === 'ImageService3' || old === undefined
    ? { id: serviceIri(image), type: 'ImageService3', profile: level }
    : { '@id': serviceIri(image), '@type': 'ImageService2', profile: level };
}

/** Each section as a range of the canvases on which it stands (§5.4): from the page that it begins on to its last. */
function rangesOf({ slug, language, sections }: Edition, canvases: Canvas[]): Range[] {
  const byPage = new Map(canvases.flatMap((canvas) => (canvas.page ? [[canvas.page, canvas] as const] : [])));
  let page: string | undefined;
  return sections
    .filter(({ kind }) => kind === 'section')
    .flatMap(({ id, title, pages }) => {
      const begun = pages[0]?.offset === 0 || page === undefined ? [] : [page];
      const labels = [...begun, ...pages.map(({ label }) => label)];
      page = labels.at(-1) ?? page;
      const shown = labels.flatMap((label) => byPage.get(label) ?? []);
      if (shown.length === 0) return [];
      const items = shown.map((canvas) => ({ id: canvasIri(slug, canvas.id), type: 'Canvas' as const }));
      const iri = `${config().address}/iiif/${encodeURIComponent(slug)}/range/${encodeURIComponent(id)}`;
      return { id: iri, type: 'Range', label: { [language]: [title] }, items } as Range;
    });
}

type Word = 'pageImages' | 'notFacsimile' | 'text' | 'annotations' | 'author' | 'source';

/** A word of ours in all our languages (§4.4). */
function inAll(word: Word): InternationalString {
  return Object.fromEntries(locales.map((locale) => [locale, [translator(locale, 'canvas')(word)]]));
}

function pair(word: Word, values: string[]): { label: InternationalString; value: InternationalString } {
  return { label: inAll(word), value: { none: values } };
}
