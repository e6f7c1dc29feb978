-- What the server tells people, and what they want to be told (docs/decisions/0029-notices.md).

-- How far the events of a group were turned into notices.
CREATE TABLE "notice_cursor" (
    "group_id" UUID NOT NULL,
    "number" BIGINT NOT NULL,

    CONSTRAINT "notice_cursor_pkey" PRIMARY KEY ("group_id")
);
ALTER TABLE "notice_cursor" ADD CONSTRAINT "notice_cursor_group_id_fkey"
  FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

CREATE TABLE "notice" (
    "group_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "action" TEXT,
    "annotation_id" UUID,
    "assignment_id" UUID,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "mailed_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("group_id","id")
);
ALTER TABLE "notice" ADD CONSTRAINT "notice_group_id_fkey"
  FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "notice" ADD CONSTRAINT "notice_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "notice" ADD CONSTRAINT "notice_group_id_annotation_id_fkey"
  FOREIGN KEY ("group_id", "annotation_id") REFERENCES "annotation"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "notice" ADD CONSTRAINT "notice_group_id_assignment_id_fkey"
  FOREIGN KEY ("group_id", "assignment_id") REFERENCES "assignment"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "notice" ADD CONSTRAINT "notice_kind"
  CHECK ("kind" IN ('mention', 'answer', 'watched', 'decision', 'report', 'date'));
-- One thing is told to a person once, however often an event is read.
CREATE UNIQUE INDEX "notice_group_id_user_id_source_key" ON "notice" ("group_id", "user_id", "source");
CREATE INDEX "notice_user_id_created_at_idx" ON "notice" ("user_id", "created_at" DESC);
CREATE INDEX "notice_unread" ON "notice" ("user_id") WHERE "read_at" IS NULL;
CREATE INDEX "notice_unmailed" ON "notice" ("user_id") WHERE "read_at" IS NULL AND "mailed_at" IS NULL;
CREATE INDEX "notice_annotation" ON "notice" ("group_id", "annotation_id");

-- What a person follows in a group, or does not want to hear of: `thread:ID`, `section:EDITION/SECTION`, `person:ID`.
CREATE TABLE "watch" (
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "watching" BOOLEAN NOT NULL,

    CONSTRAINT "watch_pkey" PRIMARY KEY ("group_id","user_id","subject")
);
ALTER TABLE "watch" ADD CONSTRAINT "watch_group_id_fkey"
  FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "watch" ADD CONSTRAINT "watch_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE INDEX "watch_subject" ON "watch" ("group_id", "subject");

-- How a person wants to be told. Who has no row has the defaults.
CREATE TABLE "notice_setting" (
    "user_id" UUID NOT NULL,
    "mail" TEXT NOT NULL DEFAULT 'daily',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "digest_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "feed_hash" TEXT,

    CONSTRAINT "notice_setting_pkey" PRIMARY KEY ("user_id")
);
ALTER TABLE "notice_setting" ADD CONSTRAINT "notice_setting_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "notice_setting" ADD CONSTRAINT "notice_setting_mail"
  CHECK ("mail" IN ('never', 'at-once', 'daily', 'weekly'));
CREATE UNIQUE INDEX "notice_setting_feed_hash_key" ON "notice_setting" ("feed_hash");

-- What happened until now is nobody's news.
SELECT number_events("id") FROM "group";
INSERT INTO "notice_cursor" ("group_id", "number")
SELECT g."id", coalesce((SELECT max("number") FROM "event" e WHERE e."group_id" = g."id"), 0) FROM "group" g;
