-- Assignments with the dates of a term, what each person owes in one, and subgroups.

-- An answer for the author of the note answered, and staff. Shown to more people than `staff`, to fewer than `group`.
ALTER TYPE "Visibility" ADD VALUE 'author' BEFORE 'group';

ALTER TABLE "assignment"
  ADD COLUMN "replies_due" TIMESTAMPTZ(3),
  ADD COLUMN "closes" TIMESTAMPTZ(3),
  ADD COLUMN "expected_glosses" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "expected_replies" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "own_subgroups" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "group"
  ADD COLUMN "subgroups_apart" BOOLEAN NOT NULL DEFAULT false;

-- What one person has done and may do in one assignment.
CREATE TABLE "participation" (
    "group_id" UUID NOT NULL,
    "assignment_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "unlocked_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "due" TIMESTAMPTZ(3),
    "replies_due" TIMESTAMPTZ(3),
    "request" TEXT,
    "grade" TEXT,
    "comment" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "participation_pkey" PRIMARY KEY ("group_id","assignment_id","user_id")
);
ALTER TABLE "participation" ADD CONSTRAINT "participation_group_id_assignment_id_fkey"
  FOREIGN KEY ("group_id", "assignment_id") REFERENCES "assignment"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "participation" ADD CONSTRAINT "participation_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- The first published gloss that a group may see opens the others' to its author, for good: whichever way it was
-- written, approved or shown to more people. The visibility condition only asks for the date.
CREATE FUNCTION unlock_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO participation (group_id, assignment_id, user_id, unlocked_at)
  VALUES (NEW.group_id, NEW.assignment_id, NEW.author_id, now())
  ON CONFLICT (group_id, assignment_id, user_id) DO UPDATE SET unlocked_at = excluded.unlocked_at
    WHERE participation.unlocked_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER unlock_assignment AFTER INSERT OR UPDATE OF state, visibility, assignment_id ON "annotation"
  FOR EACH ROW WHEN (NEW.assignment_id IS NOT NULL AND NEW.parent_id IS NULL AND NEW.state = 'published'
    AND NEW.visibility = 'group')
  EXECUTE FUNCTION unlock_assignment();

INSERT INTO participation (group_id, assignment_id, user_id, unlocked_at)
SELECT group_id, assignment_id, author_id, min(created_at) FROM annotation
 WHERE assignment_id IS NOT NULL AND parent_id IS NULL AND state = 'published' AND visibility = 'group'
 GROUP BY group_id, assignment_id, author_id;

-- Subgroups of a group; those with an assignment are for it alone.
CREATE TABLE "subgroup" (
    "group_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "assignment_id" UUID,

    CONSTRAINT "subgroup_pkey" PRIMARY KEY ("group_id","id")
);
ALTER TABLE "subgroup" ADD CONSTRAINT "subgroup_group_id_fkey"
  FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "subgroup" ADD CONSTRAINT "subgroup_group_id_assignment_id_fkey"
  FOREIGN KEY ("group_id", "assignment_id") REFERENCES "assignment"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

CREATE TABLE "subgroup_member" (
    "group_id" UUID NOT NULL,
    "subgroup_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "assignment_id" UUID,

    CONSTRAINT "subgroup_member_pkey" PRIMARY KEY ("group_id","subgroup_id","user_id")
);
ALTER TABLE "subgroup_member" ADD CONSTRAINT "subgroup_member_group_id_subgroup_id_fkey"
  FOREIGN KEY ("group_id", "subgroup_id") REFERENCES "subgroup"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "subgroup_member" ADD CONSTRAINT "subgroup_member_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- A person is in one subgroup of a kind.
CREATE UNIQUE INDEX "subgroup_member_group_id_user_id_assignment_id_key"
  ON "subgroup_member"("group_id", "user_id", "assignment_id") NULLS NOT DISTINCT;
