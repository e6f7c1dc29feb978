-- A gloss may stand on several passages, each with a place and an anchor state of its own; a Web Annotation from
-- elsewhere is kept as it came; a file that was imported can be taken back as a whole; a token may be of one group.

CREATE TABLE "import" (
    "group_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "actor_id" UUID,
    "format" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_pkey" PRIMARY KEY ("group_id","id")
);
ALTER TABLE "import" ADD CONSTRAINT "import_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "annotation" ADD COLUMN "received" TEXT, ADD COLUMN "origins" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "import_id" UUID;
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_group_id_import_id_fkey"
  FOREIGN KEY ("group_id", "import_id") REFERENCES "import"("group_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "annotation_version" ADD COLUMN "received" TEXT;
-- One that came from elsewhere is known again by what it is called there.
CREATE INDEX annotation_origins ON "annotation" USING GIN ("origins");
CREATE INDEX annotation_imported ON "annotation" ("group_id", "import_id") WHERE "import_id" IS NOT NULL;

CREATE TABLE "passage" (
    "group_id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "edition" TEXT NOT NULL,
    "section" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "anchor_revision" INTEGER NOT NULL,
    "start" INTEGER,
    "end" INTEGER,
    "exact" TEXT,
    "prefix" TEXT,
    "suffix" TEXT,
    "anchor" "Anchor" NOT NULL,
    "written_start" INTEGER,
    "written_end" INTEGER,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "passage_pkey" PRIMARY KEY ("group_id","annotation_id","position")
);

INSERT INTO "passage" SELECT "group_id", "id", 0, "edition", "section", "revision",
       coalesce("anchor_revision", "revision"), "start", "end", "exact", "prefix", "suffix", "anchor",
       "written_start", "written_end", "anchor_settled_at"
  FROM "annotation" WHERE "anchor" IS NOT NULL;

ALTER TABLE "passage" ADD CONSTRAINT "passage_group_id_annotation_id_fkey"
  FOREIGN KEY ("group_id", "annotation_id") REFERENCES "annotation"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
-- A passage has both its ends and its quote, or is lost.
ALTER TABLE "passage" ADD CONSTRAINT passage_ends CHECK (
  ("start" IS NULL) = ("end" IS NULL) AND ("start" IS NULL) = ("anchor" = 'orphaned')
  AND ("start" IS NULL OR ("start" < "end" AND "exact" IS NOT NULL))
);
ALTER TABLE "passage" ADD CONSTRAINT passage_written CHECK (
  ("written_start" IS NULL) = ("written_end" IS NULL) AND ("written_start" IS NULL OR "written_start" < "written_end")
);
-- All passages of a section, over all groups: what a publication follows.
CREATE INDEX passage_anchored ON "passage" ("edition", "section", "annotation_id") WHERE "exact" IS NOT NULL;
-- What waits in a group for its author or its staff.
CREATE INDEX passage_lost ON "passage" ("group_id", "annotation_id")
  WHERE "anchor" IN ('fuzzy', 'orphaned') AND "settled_at" IS NULL;
-- The few that are not the first of their gloss: a section's list asks for them too.
CREATE INDEX passage_further ON "passage" ("group_id", "edition", "section") WHERE "position" > 0;

DROP INDEX "annotation_group_id_edition_section_start_idx", annotation_anchored, annotation_lost;
ALTER TABLE "annotation" DROP CONSTRAINT annotation_thread, DROP CONSTRAINT annotation_passage,
  DROP CONSTRAINT annotation_written;
ALTER TABLE "annotation" DROP COLUMN "anchor_revision", DROP COLUMN "start", DROP COLUMN "end", DROP COLUMN "exact",
  DROP COLUMN "prefix", DROP COLUMN "suffix", DROP COLUMN "anchor", DROP COLUMN "written_start",
  DROP COLUMN "written_end", DROP COLUMN "anchor_settled_at";
ALTER TABLE "annotation" ADD CONSTRAINT annotation_thread CHECK (("parent_id" IS NULL) = ("root_id" = "id"));
-- Who answers whom: asked for each row that an import takes back.
CREATE INDEX annotation_answers ON "annotation" ("group_id", "parent_id") WHERE "parent_id" IS NOT NULL;
CREATE INDEX "annotation_group_id_edition_section_id_idx" ON "annotation"("group_id", "edition", "section", "id");

-- An earlier text keeps the passages that it stood on: a list now.
ALTER TABLE "annotation_version" ADD COLUMN "passages" JSONB;
ALTER TABLE "annotation_version" DISABLE TRIGGER append_only;
UPDATE "annotation_version" SET "passages" = jsonb_build_array("passage" || '{"position": 0}') WHERE "passage" IS NOT NULL;
ALTER TABLE "annotation_version" ENABLE TRIGGER append_only;
ALTER TABLE "annotation_version" DROP COLUMN "passage";

-- What was staged is staged again.
DELETE FROM "staged_section";
ALTER TABLE "staged_anchor" ADD COLUMN "position" INTEGER NOT NULL, DROP CONSTRAINT "staged_anchor_pkey";
ALTER TABLE "staged_anchor" ADD CONSTRAINT "staged_anchor_pkey" PRIMARY KEY ("group_id","annotation_id","position");

ALTER TYPE "Scope" ADD VALUE 'moderate';
ALTER TABLE "token" ADD COLUMN "group_id" UUID;
ALTER TABLE "token" ADD CONSTRAINT "token_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE CASCADE;
