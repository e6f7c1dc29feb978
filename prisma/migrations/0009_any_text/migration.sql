-- Texts of any kind: what encloses a paragraph, how a range looks, the tree of divisions, what an import reported.
ALTER TABLE "revision" ADD COLUMN "format" TEXT NOT NULL DEFAULT 'tei', ADD COLUMN "report" JSONB;

ALTER TABLE "section"
  ADD COLUMN "parent" TEXT,
  ADD COLUMN "reference" TEXT,
  ADD COLUMN "opening" TEXT,
  ADD COLUMN "prose" INTEGER,
  ADD COLUMN "blocks" INTEGER;

ALTER TABLE "paragraph"
  ADD COLUMN "number" TEXT,
  ADD COLUMN "reference" TEXT,
  ADD COLUMN "containers" JSONB,
  ADD COLUMN "details" JSONB;

ALTER TABLE "span" ADD COLUMN "details" JSONB;

CREATE TABLE "division" (
    "edition" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "parent" TEXT,
    "title" TEXT NOT NULL,
    "reference" TEXT,
    "start" INTEGER NOT NULL,

    CONSTRAINT "division_pkey" PRIMARY KEY ("edition","revision","section","position")
);

ALTER TABLE "division" ADD CONSTRAINT "division_edition_revision_section_fkey"
  FOREIGN KEY ("edition", "revision", "section") REFERENCES "section"("edition", "revision", "id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER immutable_insert AFTER INSERT ON "division" REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_published_rows();
CREATE TRIGGER immutable_delete AFTER DELETE ON "division" REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_published_rows();
CREATE TRIGGER immutable_update_old AFTER UPDATE ON "division" REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_published_rows();
CREATE TRIGGER immutable_update_new AFTER UPDATE ON "division" REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_published_rows();
