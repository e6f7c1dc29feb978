-- A publication finds every passage again before it takes the edition, and can be gone on with after a crash; a
-- passage keeps where it was written; and one that is lost waits for a person.

ALTER TABLE "annotation" ADD COLUMN "written_start" INTEGER, ADD COLUMN "written_end" INTEGER,
  ADD COLUMN "anchor_settled_at" TIMESTAMPTZ(3);
ALTER TABLE "annotation_version" ADD COLUMN "passage" JSONB;

-- Where no revision came between, a passage stands where it was written.
UPDATE "annotation" SET "written_start" = "start", "written_end" = "end"
 WHERE "revision" = "anchor_revision" AND "start" IS NOT NULL;

ALTER TABLE "annotation" ADD CONSTRAINT annotation_written CHECK (
  ("written_start" IS NULL) = ("written_end" IS NULL) AND ("written_start" IS NULL OR "written_start" < "written_end")
);

-- All passages of a section, over all groups: what a publication follows.
CREATE INDEX annotation_anchored ON "annotation" ("edition", "section", "id")
  WHERE "parent_id" IS NULL AND "exact" IS NOT NULL;
-- What waits in a group for its author or its staff.
CREATE INDEX annotation_lost ON "annotation" ("group_id", "id")
  WHERE "anchor" IN ('fuzzy', 'orphaned') AND "anchor_settled_at" IS NULL;

CREATE TABLE "staged_section" (
    "edition" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "staged_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staged_section_pkey" PRIMARY KEY ("edition","revision","section")
);

CREATE TABLE "staged_anchor" (
    "group_id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "edition" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "start" INTEGER,
    "end" INTEGER,
    "anchor" "Anchor" NOT NULL,
    "waits" BOOLEAN NOT NULL,

    CONSTRAINT "staged_anchor_pkey" PRIMARY KEY ("group_id","annotation_id")
);

CREATE INDEX "staged_anchor_edition_revision_section_idx" ON "staged_anchor"("edition", "revision", "section");

-- A draft that is replaced takes along what was staged for it, and so does the end of a publication.
ALTER TABLE "staged_section" ADD CONSTRAINT "staged_section_edition_revision_fkey"
  FOREIGN KEY ("edition", "revision") REFERENCES "revision"("edition", "number") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "staged_anchor" ADD CONSTRAINT "staged_anchor_edition_revision_section_fkey"
  FOREIGN KEY ("edition", "revision", "section") REFERENCES "staged_section"("edition", "revision", "section") ON DELETE CASCADE ON UPDATE CASCADE;
