-- Who may read an edition, and what a group reads: several editions in an order, instead of one.

CREATE TYPE "EditionAccess" AS ENUM ('public', 'groups');
ALTER TABLE "edition" ADD COLUMN "access" "EditionAccess" NOT NULL DEFAULT 'public';
ALTER TABLE "edition" ADD COLUMN "home_group" UUID;
ALTER TABLE "edition" ADD CONSTRAINT "edition_home_group_fkey"
  FOREIGN KEY ("home_group") REFERENCES "group"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

CREATE TABLE "reading_list_item" (
    "group_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "edition" TEXT NOT NULL,
    "sections" TEXT[] NOT NULL DEFAULT '{}',

    CONSTRAINT "reading_list_item_pkey" PRIMARY KEY ("group_id","position")
);
-- No section is marked where it is empty: the whole edition is read.
ALTER TABLE "reading_list_item" ADD CONSTRAINT "reading_list_item_group_id_fkey"
  FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "reading_list_item" ADD CONSTRAINT "reading_list_item_edition_fkey"
  FOREIGN KEY ("edition") REFERENCES "edition"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;
-- Whether a group has an edition on its list is asked with every read of a closed one.
CREATE UNIQUE INDEX "reading_list_item_group_id_edition_key" ON "reading_list_item"("group_id", "edition");
CREATE INDEX "reading_list_item_edition_idx" ON "reading_list_item"("edition");

INSERT INTO "reading_list_item" ("group_id", "position", "edition", "sections")
  SELECT "id", 0, "edition", '{}' FROM "group" WHERE "edition" IS NOT NULL;
ALTER TABLE "group" DROP COLUMN "edition";
