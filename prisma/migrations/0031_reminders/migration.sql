-- What staff writes to those who still owe something in an assignment; each of them is told of it by a notice.
CREATE TABLE "reminder" (
    "group_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "assignment_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "words" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("group_id", "id")
);
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_group_id_assignment_id_fkey"
  FOREIGN KEY ("group_id", "assignment_id") REFERENCES "assignment"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE TRIGGER refuse_archived BEFORE INSERT OR UPDATE ON "reminder" FOR EACH ROW EXECUTE FUNCTION refuse_archived();
