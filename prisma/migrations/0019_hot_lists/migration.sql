-- What is done in an assignment.
CREATE INDEX annotation_assigned ON "annotation" ("group_id", "assignment_id") WHERE "assignment_id" IS NOT NULL;
-- In which groups somebody wrote.
CREATE INDEX "annotation_author_id_group_id_idx" ON "annotation" ("author_id", "group_id");
-- What waits for staff.
CREATE INDEX annotation_pending ON "annotation" ("group_id", "id") WHERE "state" = 'pending';
CREATE INDEX flag_open ON "flag" ("group_id", "annotation_id") WHERE "settled_at" IS NULL;
-- The few passages that are not where they were.
CREATE INDEX passage_strayed ON "passage" ("group_id", "anchor", "annotation_id") WHERE "anchor" <> 'exact';
