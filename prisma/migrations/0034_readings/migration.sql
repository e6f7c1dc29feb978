-- What its kind asks of a gloss: the reading of a variant, and of a source its citation with an address.
ALTER TABLE "annotation" ADD COLUMN "reading" TEXT, ADD COLUMN "citation" TEXT, ADD COLUMN "citation_address" TEXT,
  ADD CONSTRAINT "annotation_reading" CHECK ("reading" IS NULL OR "kind" = 'variant'),
  ADD CONSTRAINT "annotation_citation" CHECK (("citation" IS NULL OR "kind" = 'source') AND ("citation_address" IS NULL OR "citation" IS NOT NULL));
ALTER TABLE "annotation_version" ADD COLUMN "reading" TEXT, ADD COLUMN "citation" TEXT, ADD COLUMN "citation_address" TEXT;
