-- Decisions that one can answer for (docs/decisions/0037-decisions.md): what is sent back, moved, merged, split, appealed;
-- who may write; what was decided on is kept as it stood.

-- The log has entries on people and on the group as well, and kinds that other issues add: a check in the code names them.
ALTER TABLE "decision" ALTER COLUMN "action" TYPE TEXT USING "action"::text,
  ALTER COLUMN "annotation_id" DROP NOT NULL, ALTER COLUMN "before" DROP NOT NULL,
  ALTER COLUMN "after" DROP NOT NULL, ALTER COLUMN "version" DROP NOT NULL,
  ADD COLUMN "subject_id" UUID, ADD COLUMN "batch_id" UUID, ADD COLUMN "details" JSONB;
DROP TYPE "Action";
CREATE INDEX "decision_group_id_subject_id_idx" ON "decision" ("group_id", "subject_id");
CREATE INDEX decision_batch ON "decision" ("group_id", "batch_id") WHERE "batch_id" IS NOT NULL;

ALTER TABLE "annotation" ADD COLUMN "returned" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "edited_at" TIMESTAMPTZ(3);
-- What nobody sees as a change is none: the archived groups keep their words too.
SET LOCAL scholion.archived_writes = 'on';
UPDATE "annotation" a SET "edited_at" = a."modified_at" WHERE EXISTS (SELECT FROM "annotation_version" v
  WHERE v."group_id" = a."group_id" AND v."annotation_id" = a."id" AND (v."body" <> a."body" OR v."tags" <> a."tags"));
SET LOCAL scholion.archived_writes = 'off';

-- An earlier version that is shown to nobody but staff. The version itself is never changed.
CREATE TABLE "hidden_version" (
    "group_id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hidden_version_pkey" PRIMARY KEY ("group_id", "annotation_id", "version")
);
ALTER TABLE "hidden_version" ADD CONSTRAINT "hidden_version_group_id_annotation_id_version_fkey"
  FOREIGN KEY ("group_id", "annotation_id", "version") REFERENCES "annotation_version"("group_id", "annotation_id", "version")
  ON DELETE CASCADE ON UPDATE RESTRICT;

-- For how many days what was hidden is kept as it stood.
ALTER TABLE "group" ADD COLUMN "evidence_days" INTEGER NOT NULL DEFAULT 365;

-- What a decision was made on, as it stood, until the date that the group's rule gives.
CREATE TABLE "evidence" (
    "group_id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "author_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "tags" TEXT[] NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kept_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("group_id", "decision_id")
);
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_group_id_annotation_id_fkey"
  FOREIGN KEY ("group_id", "annotation_id") REFERENCES "annotation"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE INDEX "evidence_kept_until_idx" ON "evidence" ("kept_until");
CREATE INDEX "evidence_group_id_annotation_id_idx" ON "evidence" ("group_id", "annotation_id");

-- What an author says against a decision, once for each.
CREATE TABLE "appeal" (
    "group_id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "words" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT,
    "answer" TEXT NOT NULL DEFAULT '',
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "appeal_pkey" PRIMARY KEY ("group_id", "decision_id")
);
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_outcome" CHECK ("outcome" IN ('granted', 'refused', 'withdrawn'));
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_group_id_annotation_id_fkey"
  FOREIGN KEY ("group_id", "annotation_id") REFERENCES "annotation"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE INDEX "appeal_group_id_annotation_id_idx" ON "appeal" ("group_id", "annotation_id");
CREATE INDEX appeal_open ON "appeal" ("group_id", "annotation_id") WHERE "outcome" IS NULL;
CREATE TRIGGER refuse_archived BEFORE INSERT OR UPDATE ON "appeal" FOR EACH ROW EXECUTE FUNCTION refuse_archived();
