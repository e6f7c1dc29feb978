import { canvasIri, cropRegion, listCanvases } from '@/lib/canvas';
import { getEdition, getSection, getSource } from '@/lib/edition';
import type { Viewer } from '@/lib/identity/schema';
import { nullIfNotFound } from '@/lib/kernel/errors';
import { renderMarkdown } from '@/lib/markdown';
import { sectionIri } from '@/lib/w3c';
import { type Lookup, memoizeAsync } from './lookup';

/** Largest width of a region's image, in pixels. */
const REGION_IMAGE_WIDTH = 480;

/** The lookup of one export for its viewer, over the rooms. Results are kept, but for sources and images, which are large. */
export function createDatabaseLookup(viewer: Viewer): Lookup {
  const canvasesOf = memoizeAsync(
    async (edition) => (await nullIfNotFound(listCanvases(viewer, edition))) ?? [],
  );
  return {
    edition: memoizeAsync(async (slug) => {
      const found = await nullIfNotFound(getEdition(viewer, slug));
      return found && { title: found.title, language: found.language, authors: found.header.authors };
    }),
    section: memoizeAsync(async (edition, id) => ({
      iri: sectionIri(edition, id),
      section: await nullIfNotFound(getSection(viewer, edition, id)),
    })),
    canvas: memoizeAsync(async (edition, id) => ({
      iri: canvasIri(edition, id),
      page: (await canvasesOf(edition)).find((canvas) => canvas.id === id)?.page ?? null,
    })),
    source: (edition) => getSource(viewer, edition),
    markdown: async (body) => (await renderMarkdown([body]))[0] ?? '',
    regionImage: (region) => cropRegion(viewer, region.image, region, REGION_IMAGE_WIDTH),
  };
}
