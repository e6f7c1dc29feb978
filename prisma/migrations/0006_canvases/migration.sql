-- Page images: the canvases of an edition, the images on them with their tiles, and the regions that glosses stand on.

-- Counts the changes of an edition's page images: what is kept ready-made knows by it that it is old.
ALTER TABLE "edition" ADD COLUMN "images_version" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "image" (
    "id" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "facsimile" BOOLEAN NOT NULL DEFAULT true,
    "service" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "image_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "image" ADD CONSTRAINT image_size CHECK ("width" > 0 AND "height" > 0);

CREATE TABLE "image_file" (
    "image_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "image_file_pkey" PRIMARY KEY ("image_id","path")
);
-- JPEG does not shrink further: it is kept as it is, and read without being unpacked.
ALTER TABLE "image_file" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
ALTER TABLE "image_file" ADD CONSTRAINT "image_file_image_id_fkey"
  FOREIGN KEY ("image_id") REFERENCES "image"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

CREATE TABLE "canvas" (
    "edition" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "page" TEXT,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "image_id" TEXT NOT NULL,
    "origin" TEXT,

    CONSTRAINT "canvas_pkey" PRIMARY KEY ("edition","id")
);
ALTER TABLE "canvas" ADD CONSTRAINT canvas_size CHECK ("width" > 0 AND "height" > 0);
ALTER TABLE "canvas" ADD CONSTRAINT "canvas_edition_fkey"
  FOREIGN KEY ("edition") REFERENCES "edition"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "canvas" ADD CONSTRAINT "canvas_image_id_fkey"
  FOREIGN KEY ("image_id") REFERENCES "image"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
CREATE INDEX "canvas_image_id_idx" ON "canvas"("image_id");

CREATE TABLE "region" (
    "group_id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "edition" TEXT NOT NULL,
    "canvas" TEXT NOT NULL,
    "image_id" TEXT NOT NULL,
    "x" DOUBLE PRECISION NOT NULL,
    "y" DOUBLE PRECISION NOT NULL,
    "w" DOUBLE PRECISION NOT NULL,
    "h" DOUBLE PRECISION NOT NULL,
    "svg" TEXT,

    CONSTRAINT "region_pkey" PRIMARY KEY ("group_id","annotation_id","position")
);
ALTER TABLE "region" ADD CONSTRAINT region_size CHECK ("x" >= 0 AND "y" >= 0 AND "w" > 0 AND "h" > 0);
ALTER TABLE "region" ADD CONSTRAINT "region_group_id_annotation_id_fkey"
  FOREIGN KEY ("group_id", "annotation_id") REFERENCES "annotation"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE INDEX "region_edition_canvas_idx" ON "region"("group_id", "edition", "canvas");
CREATE INDEX "region_image_id_idx" ON "region"("image_id");

ALTER TABLE "annotation_version" ADD COLUMN "regions" JSONB;
