-- The pictures inside a text (figures), which are no page images and stand on no canvas.
CREATE TABLE "picture" (
    "edition" TEXT NOT NULL,
    "image_id" TEXT NOT NULL,

    CONSTRAINT "picture_pkey" PRIMARY KEY ("edition","image_id")
);
ALTER TABLE "picture" ADD CONSTRAINT "picture_edition_fkey"
  FOREIGN KEY ("edition") REFERENCES "edition"("slug") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "picture" ADD CONSTRAINT "picture_image_id_fkey"
  FOREIGN KEY ("image_id") REFERENCES "image"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE INDEX "picture_image_id_idx" ON "picture"("image_id");
