-- What somebody has read (docs/decisions/0034-read-marks.md): nobody else's business. All up to a moment, in a section or in
-- the whole group (no edition and no section), and each note apart that is not as that says.
CREATE TABLE "read_to" (
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "edition" TEXT NOT NULL DEFAULT '',
    "section" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "read_to_pkey" PRIMARY KEY ("group_id", "user_id", "edition", "section")
);
ALTER TABLE "read_to" ADD CONSTRAINT "read_to_group_id_fkey"
  FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "read_to" ADD CONSTRAINT "read_to_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

CREATE TABLE "read_mark" (
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "is_read" BOOLEAN NOT NULL,

    CONSTRAINT "read_mark_pkey" PRIMARY KEY ("group_id", "user_id", "annotation_id")
);
CREATE INDEX "read_mark_group_id_annotation_id_idx" ON "read_mark" ("group_id", "annotation_id");
ALTER TABLE "read_mark" ADD CONSTRAINT "read_mark_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "read_mark" ADD CONSTRAINT "read_mark_group_id_annotation_id_fkey"
  FOREIGN KEY ("group_id", "annotation_id") REFERENCES "annotation"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- When an annotation first was for the whole group; null where it was so from its beginning, or never was.
ALTER TABLE "annotation" ADD COLUMN "shared_at" TIMESTAMPTZ(3);
CREATE FUNCTION keep_first_sharing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "earlier_sight" WHERE "group_id" = NEW."group_id" AND "annotation_id" = NEW."id"
      AND "state" = 'published' AND "visibility" = 'group') THEN
    NEW."shared_at" := now();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_first_sharing BEFORE UPDATE OF "state", "visibility" ON "annotation" FOR EACH ROW
  WHEN (NEW."state" = 'published' AND NEW."visibility" = 'group' AND NEW."shared_at" IS NULL
    AND NOT (OLD."state" = 'published' AND OLD."visibility" = 'group'))
  EXECUTE FUNCTION keep_first_sharing();

-- Whoever was a member before this was counted has read what was there.
INSERT INTO "read_to" ("group_id", "user_id", "at") SELECT "group_id", "user_id", now() FROM "member";
