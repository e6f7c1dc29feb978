import { Prisma, query, type Tx, transaction } from '@/lib/db';
import { bumpImagesVersion } from '@/lib/edition';
import { notFound } from '@/lib/kernel/errors';
import { knownEdition, readableEdition, type VisibilityScope } from '@/lib/policy/readable';
import type { ImageFile } from './image-tiling';

/** A stored image; `service` is the info.json of an external one. */
export type Image = {
  id: string;
  width: number;
  height: number;
  facsimile: boolean;
  service: Record<string, unknown> | null;
};

/** A canvas with its image, and the place where its page begins in the current revision. */
export type Canvas = {
  edition: string;
  id: string;
  label: string;
  page: string | null;
  width: number;
  height: number;
  origin: string | null;
  section: string;
  /** In code points; null where the text has no such page. */
  offset: number | null;
  image: Image;
};

/**
 * The canvases of an edition in order, or the one with `id`. Empty where the edition was never published, or is not for
 * this viewer.
 */
export function selectCanvases(scope: VisibilityScope, edition: string, id?: string): Promise<Canvas[]> {
  return query<Canvas>(Prisma.sql`
    SELECT c.edition, c.id, c.label, c.page, c.width, c.height, c.origin,
           coalesce(at.section, (SELECT s.id FROM section s WHERE s.edition = e.slug AND s.revision = e.current
             AND s.kind = 'section' ORDER BY s.position LIMIT 1), '') AS section, at."offset",
           json_build_object('id', i.id, 'width', i.width, 'height', i.height, 'facsimile', i.facsimile,
             'service', i.service) AS image
      FROM canvas c JOIN edition e ON e.slug = c.edition JOIN image i ON i.id = c.image_id
      LEFT JOIN LATERAL (SELECT p.section, p."offset" FROM page p
        JOIN section s ON s.edition = p.edition AND s.revision = p.revision AND s.id = p.section AND s.kind = 'section'
        WHERE p.edition = e.slug AND p.revision = e.current AND p.label = c.page
        ORDER BY s.position, p."offset" LIMIT 1) at ON true
     WHERE c.edition = ${edition} AND e.current IS NOT NULL AND ${readableEdition(scope)}
           ${id === undefined ? Prisma.empty : Prisma.sql`AND c.id = ${id}`}
     ORDER BY c.position, c.id`);
}

/** Edition and id of the first canvas that has this image, in an edition that `scope` may read; null where there is none. */
export async function selectCanvasOfImage(
  scope: VisibilityScope,
  image: string,
): Promise<{ edition: string; id: string } | null> {
  const [row] = await query<{ edition: string; id: string }>(Prisma.sql`
    SELECT c.edition, c.id FROM canvas c JOIN edition e ON e.slug = c.edition
     WHERE c.image_id = ${image} AND e.current IS NOT NULL AND ${readableEdition(scope)}
     ORDER BY c.edition, c.position, c.id LIMIT 1`);
  return row ?? null;
}

/**
 * Whether `scope` may see the image `image`: it is on a canvas or in the text of an edition that they may read, or was
 * when a region was drawn on it. A region can name any image, so those alone show none that is also of an edition
 * that they may not read.
 */
function readableImage(scope: VisibilityScope, image: Prisma.Sql): Prisma.Sql {
  const isReadable = knownEdition(scope);
  const isNot = Prisma.sql`NOT ${isReadable}`;
  const onCanvas = (condition: Prisma.Sql) => Prisma.sql`EXISTS (
    SELECT FROM canvas c JOIN edition e ON e.slug = c.edition WHERE c.image_id = ${image} AND ${condition})`;
  const underRegion = (condition: Prisma.Sql) => Prisma.sql`EXISTS (
    SELECT FROM region q JOIN edition e ON e.slug = q.edition WHERE q.image_id = ${image} AND ${condition})`;
  const inText = (condition: Prisma.Sql) => Prisma.sql`EXISTS (
    SELECT FROM picture t JOIN edition e ON e.slug = t.edition WHERE t.image_id = ${image} AND ${condition})`;
  return Prisma.sql`(${onCanvas(isReadable)} OR ${inText(isReadable)} OR (${underRegion(isReadable)}
    AND NOT ${onCanvas(isNot)} AND NOT ${inText(isNot)} AND NOT ${underRegion(isNot)}))`;
}

/** An image of an edition that `scope` may read; null where there is none of this id. */
export async function selectImage(scope: VisibilityScope, id: string): Promise<Image | null> {
  const [row] = await query<Image>(Prisma.sql`
    SELECT i.id, i.width, i.height, i.facsimile, i.service
      FROM image i WHERE i.id = ${id} AND ${readableImage(scope, Prisma.sql`i.id`)}`);
  return row ?? null;
}

/** Those of these images whose files are stored here. */
export async function selectStoredImages(ids: string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(Prisma.sql`
    SELECT i.id FROM image i WHERE i.id = ANY(${ids}::text[]) AND i.service IS NULL`);
  return new Set(rows.map(({ id }) => id));
}

/** A file of an image of an edition that `scope` may read; null where there is none of this path. */
export async function selectFile(
  scope: VisibilityScope,
  imageId: string,
  path: string,
): Promise<Buffer | null> {
  const [row] = await query<{ bytes: Buffer }>(Prisma.sql`
    SELECT f.bytes FROM image_file f
     WHERE f.image_id = ${imageId} AND f.path = ${path} AND ${readableImage(scope, Prisma.sql`f.image_id`)}`);
  return row?.bytes ?? null;
}

/**
 * Runs `work` in a transaction that locks the canvases of an edition and increments its images version. Throws not_found
 * for an edition that is unknown or was never published.
 */
export function lockCanvases<T>(edition: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(
    async (tx) => {
      if (!(await bumpImagesVersion(tx, edition))) throw notFound();
      return work(tx);
    },
    { seconds: 120 },
  );
}

/** Rows of one INSERT; each may have some hundred kilobytes. */
const BATCH = 100;

/** Inserts images with their files where they are new; `facsimile` is updated on all. */
export async function insertImages(tx: Tx, images: { image: Image; files: ImageFile[] }[]): Promise<void> {
  const data = images.map(({ image: { service, ...image } }) => ({
    ...image,
    service: (service as Prisma.InputJsonObject | null) ?? Prisma.DbNull,
  }));
  const known = new Set(
    (await tx.image.findMany({ where: { id: { in: data.map(({ id }) => id) } }, select: { id: true } })).map(
      ({ id }) => id,
    ),
  );
  await tx.image.createMany({ data, skipDuplicates: true });
  for (const facsimile of [true, false]) {
    const ids = data.filter((image) => image.facsimile === facsimile).map(({ id }) => id);
    await tx.image.updateMany({ where: { id: { in: ids } }, data: { facsimile } });
  }
  const files = images
    .filter(({ image }) => !known.has(image.id))
    .flatMap(({ image, files }) =>
      files.map(({ path, bytes }) => ({ imageId: image.id, path, bytes: new Uint8Array(bytes) })),
    );
  for (let i = 0; i < files.length; i += BATCH) {
    await tx.imageFile.createMany({ data: files.slice(i, i + BATCH), skipDuplicates: true });
  }
}

export type CanvasRow = {
  edition: string;
  id: string;
  label: string;
  page: string | null;
  width: number;
  height: number;
  imageId: string;
  origin: string | null;
};

/** Inserts or updates canvases of an edition, and writes the order of all. */
export async function upsertCanvases(tx: Tx, canvases: CanvasRow[], order: string[]): Promise<void> {
  const [first] = canvases;
  if (!first) return;
  // The last of several rows of one canvas wins, because one statement cannot write a row twice.
  const rows = [...new Map(canvases.map((canvas) => [canvas.id, canvas])).values()];
  await tx.$executeRaw`
    INSERT INTO canvas (edition, id, position, label, page, width, height, image_id, origin)
    SELECT c.edition, c.id, 0, c.label, c.page, c.width, c.height, c."imageId", c.origin
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS c(edition text, id text, label text, page text,
        width int, height int, "imageId" text, origin text)
    ON CONFLICT (edition, id) DO UPDATE SET label = excluded.label, page = excluded.page, width = excluded.width,
      height = excluded.height, image_id = excluded.image_id, origin = excluded.origin`;
  await updateCanvasOrder(tx, first.edition, order);
}

/** The canvases of an edition in order, without their images. */
export function selectCanvasRows(
  tx: Tx,
  edition: string,
): Promise<Pick<CanvasRow, 'id' | 'page' | 'label' | 'imageId' | 'origin'>[]> {
  return tx.canvas.findMany({
    where: { edition },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, page: true, label: true, imageId: true, origin: true },
  });
}

/** Records that these images are pictures in the text of an edition. */
export async function insertPictures(tx: Tx, edition: string, imageIds: string[]): Promise<void> {
  const data = [...new Set(imageIds)].map((imageId) => ({ edition, imageId }));
  await tx.picture.createMany({ data, skipDuplicates: true });
}

/** Deletes the canvases and pictures of an edition that is deleted itself, with the images that nothing else has. */
export async function deleteImagesOfEdition(tx: Tx, edition: string): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT image_id AS id FROM canvas WHERE edition = ${edition}
    UNION SELECT image_id FROM picture WHERE edition = ${edition}`;
  await tx.canvas.deleteMany({ where: { edition } });
  await tx.picture.deleteMany({ where: { edition } });
  await deleteUnusedImages(
    tx,
    rows.map(({ id }) => id),
  );
}

/** Renumbers the canvases of an edition in this order. */
export async function updateCanvasOrder(tx: Tx, edition: string, ids: string[]): Promise<void> {
  await tx.$executeRaw`UPDATE canvas SET position = o.position - 1
    FROM unnest(${ids}::text[]) WITH ORDINALITY AS o(id, position)
    WHERE canvas.edition = ${edition} AND canvas.id = o.id`;
}

/** Updates a canvas. */
export async function updateCanvas(
  tx: Tx,
  edition: string,
  id: string,
  data: Prisma.CanvasUncheckedUpdateInput,
): Promise<void> {
  await tx.canvas.update({ where: { edition_id: { edition, id } }, data, select: { id: true } });
}

export async function deleteCanvas(tx: Tx, edition: string, id: string): Promise<void> {
  await tx.canvas.delete({ where: { edition_id: { edition, id } }, select: { id: true } });
}

/** Deletes those of these images that neither a canvas nor a region uses. */
export async function deleteUnusedImages(tx: Tx, ids: string[]): Promise<void> {
  await tx.$executeRaw`DELETE FROM image i WHERE i.id = ANY(${ids}::text[])
    AND NOT EXISTS (SELECT FROM canvas c WHERE c.image_id = i.id)
    AND NOT EXISTS (SELECT FROM picture p WHERE p.image_id = i.id)
    AND NOT EXISTS (SELECT FROM region r WHERE r.image_id = i.id)`;
}
