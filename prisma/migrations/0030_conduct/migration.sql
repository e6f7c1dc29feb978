-- Who may write in a group for the time being, what waits for approval, and what staff says to a member and of one.
ALTER TABLE "group" ADD COLUMN "premoderated" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "read_only" BOOLEAN NOT NULL DEFAULT false, ADD COLUMN "reasons" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "member" ADD COLUMN "premoderated" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "muted_until" TIMESTAMPTZ(3), ADD COLUMN "muted_reason" TEXT NOT NULL DEFAULT '';

-- Processes that remember who asks hear of these too (0018_viewer_changes).
DROP TRIGGER viewer_changes ON "group";
CREATE TRIGGER viewer_changes AFTER UPDATE OF "slug", "name", "archived_at", "deleted_at", "premoderated", "read_only" OR DELETE ON "group"
  FOR EACH STATEMENT EXECUTE FUNCTION notify_viewer_changes();

CREATE TABLE "warning" (
    "group_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "words" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "acknowledged_at" TIMESTAMPTZ(3),

    CONSTRAINT "warning_pkey" PRIMARY KEY ("group_id", "id")
);
CREATE TABLE "member_note" (
    "group_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "words" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_note_pkey" PRIMARY KEY ("group_id", "id")
);
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['warning', 'member_note'] LOOP
    EXECUTE format('ALTER TABLE %I ADD FOREIGN KEY (group_id) REFERENCES "group"(id) ON DELETE CASCADE ON UPDATE RESTRICT', name);
    EXECUTE format('ALTER TABLE %I ADD FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE ON UPDATE RESTRICT', name);
    EXECUTE format('CREATE INDEX ON %I (group_id, user_id)', name);
    EXECUTE format('CREATE INDEX ON %I (user_id)', name);
    EXECUTE format('CREATE TRIGGER refuse_archived BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION refuse_archived()', name);
  END LOOP;
END $$;
