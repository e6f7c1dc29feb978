-- Notices of content by anybody, for groups that anybody may read (Regulation (EU) 2022/2065, article 16). The flag of the same
-- id has it in the queue of the staff.
CREATE TABLE "content_notice" (
    "group_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "why" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "content_notice_pkey" PRIMARY KEY ("group_id", "id")
);
ALTER TABLE "content_notice" ADD CONSTRAINT "content_notice_group_id_annotation_id_fkey"
  FOREIGN KEY ("group_id", "annotation_id") REFERENCES "annotation"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE INDEX "content_notice_group_id_annotation_id_idx" ON "content_notice" ("group_id", "annotation_id");
CREATE INDEX content_notice_open ON "content_notice" ("created_at") WHERE "settled_at" IS NULL;
