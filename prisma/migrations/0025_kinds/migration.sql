-- A passage that is marked without words.
ALTER TYPE "Kind" ADD VALUE 'highlight';

-- Words open an assignment, not a mark. (As text, because a new value is not used in the transaction that adds it.)
DROP TRIGGER unlock_assignment ON "annotation";
CREATE TRIGGER unlock_assignment AFTER INSERT OR UPDATE OF state, visibility, assignment_id, kind ON "annotation"
  FOR EACH ROW WHEN (NEW.assignment_id IS NOT NULL AND NEW.parent_id IS NULL AND NEW.state = 'published'
    AND NEW.visibility = 'group' AND NEW.kind::text <> 'highlight')
  EXECUTE FUNCTION unlock_assignment();

-- Who agrees with an annotation, or has the same question.
CREATE TABLE "agreement" (
    "group_id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agreement_pkey" PRIMARY KEY ("group_id","annotation_id","user_id")
);
CREATE INDEX "agreement_user_id_idx" ON "agreement"("user_id");
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_group_id_annotation_id_fkey"
  FOREIGN KEY ("group_id", "annotation_id") REFERENCES "annotation"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
CREATE TRIGGER refuse_archived BEFORE INSERT OR UPDATE OR DELETE ON "agreement"
  FOR EACH ROW EXECUTE FUNCTION refuse_archived();
