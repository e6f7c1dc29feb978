-- Forgotten passwords, and what administrators do to accounts.

-- Who is deactivated signs in nowhere. A deleted account, or one that was merged into another, is deactivated for good:
-- its row stays, because annotations and logs name it.
ALTER TABLE "user" ADD COLUMN "deactivated_at" TIMESTAMPTZ(3);
ALTER TABLE "user" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
ALTER TABLE "user" ADD COLUMN "merged_into" UUID;
ALTER TABLE "user" ADD CONSTRAINT "user_merged_into_fkey"
  FOREIGN KEY ("merged_into") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

DROP TRIGGER viewer_change ON "user";
CREATE TRIGGER viewer_change AFTER UPDATE OF "name", "email", "email_claimed", "admin", "deactivated_at" OR DELETE ON "user"
  FOR EACH ROW EXECUTE FUNCTION notify_viewer_change('id');

-- A link for a new password. `hash` is the SHA-256 of its secret.
CREATE TABLE "password_link" (
    "hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "mailed" BOOLEAN NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "password_link_pkey" PRIMARY KEY ("hash")
);
CREATE INDEX "password_link_user_id_idx" ON "password_link"("user_id");
ALTER TABLE "password_link" ADD CONSTRAINT "password_link_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- The log of what was done to accounts. Append-only, as all logs are.
CREATE TABLE "account_change" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "actor_id" UUID,
    "kind" TEXT NOT NULL,
    "other_id" UUID,
    "group_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_change_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "account_change_user_id_id_idx" ON "account_change"("user_id", "id");
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "account_change" FOR EACH ROW EXECUTE FUNCTION refuse_change();
