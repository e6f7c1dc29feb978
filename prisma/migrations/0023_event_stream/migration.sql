-- What an event's number tells (docs/decisions/0033-event-stream.md): the moment at which it was read first, in microseconds
-- since 1970. A count would tell by its gaps how much there is that its reader may not see.
DROP TRIGGER numbered_once ON "event";
CREATE TEMP TABLE moments ON COMMIT DROP AS
  SELECT "group_id", "seq", "number", "number" + max(floor(extract(epoch FROM "created_at") * 1000000)::bigint)
      OVER (PARTITION BY "group_id" ORDER BY "number") AS "moment" FROM "event" WHERE "number" IS NOT NULL;
UPDATE "event" e SET "number" = n."moment" FROM moments n WHERE e."group_id" = n."group_id" AND e."seq" = n."seq";
UPDATE "notice_cursor" c SET "number" = coalesce(
  (SELECT max(n."moment") FROM moments n WHERE n."group_id" = c."group_id" AND n."number" <= c."number"), 0);
CREATE TRIGGER numbered_once BEFORE UPDATE ON "event" FOR EACH ROW
  WHEN (OLD."number" IS NOT NULL OR
    ROW(OLD."group_id", OLD."seq", OLD."kind", OLD."annotation_id", OLD."actor_id", OLD."subject_id", OLD."created_at")
    IS DISTINCT FROM
    ROW(NEW."group_id", NEW."seq", NEW."kind", NEW."annotation_id", NEW."actor_id", NEW."subject_id", NEW."created_at"))
  EXECUTE FUNCTION refuse_change();

-- The reveal date that is in the events already: nobody writes anything when it comes.
ALTER TABLE "assignment" ADD COLUMN "reveal_recorded" TIMESTAMPTZ(3);
UPDATE "assignment" SET "reveal_recorded" = "reveal" WHERE "reveal" <= now();

-- Those of one reading are spread at random over a millisecond, so that the distance of two does not tell what is between.
-- In an archived group a date still comes.
CREATE OR REPLACE FUNCTION number_events(in_group UUID) RETURNS VOID LANGUAGE plpgsql
  SET scholion.archived_writes = 'on' AS $$
DECLARE
  newest BIGINT;
BEGIN
  IF NOT EXISTS (SELECT FROM "event" WHERE "group_id" = in_group AND "number" IS NULL)
    AND NOT EXISTS (SELECT FROM "assignment" WHERE "group_id" = in_group AND "mode" = 'blind-until'
      AND "reveal" <= now() AND "reveal_recorded" IS DISTINCT FROM "reveal") THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(in_group::text, 0));
  UPDATE "assignment" SET "reveal_recorded" = "reveal" WHERE "group_id" = in_group AND "mode" = 'blind-until'
    AND "reveal" <= now() AND "reveal_recorded" IS DISTINCT FROM "reveal";
  IF FOUND THEN
    INSERT INTO "event" ("group_id", "kind") VALUES (in_group, 'sight.changed');
  END IF;
  SELECT "number" INTO newest FROM "event" WHERE "group_id" = in_group AND "number" IS NOT NULL
    ORDER BY "number" DESC LIMIT 1;
  newest := greatest(newest, floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
  UPDATE "event" e SET "number" = newest + o."place" + s."offset" FROM (
    SELECT "seq", row_number() OVER (ORDER BY "seq") AS "place" FROM "event"
      WHERE "group_id" = in_group AND "number" IS NULL) o
    JOIN (SELECT "offset", row_number() OVER (ORDER BY "offset") AS "place" FROM (
      SELECT floor(random() * 1000)::bigint AS "offset" FROM "event"
        WHERE "group_id" = in_group AND "number" IS NULL) r) s USING ("place")
    WHERE e."group_id" = in_group AND e."seq" = o."seq" AND e."number" IS NULL;
END $$;

-- What decided before a change who saw an annotation, and where it stood: who saw it then is told that it is gone. `at` is
-- the time of the transaction, which its event has as well.
CREATE TABLE "earlier_sight" (
    "group_id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" "State" NOT NULL,
    "visibility" "Visibility" NOT NULL,
    "edition" TEXT NOT NULL,
    "section" TEXT NOT NULL,

    CONSTRAINT "earlier_sight_pkey" PRIMARY KEY ("group_id", "annotation_id", "at")
);
ALTER TABLE "earlier_sight" ADD CONSTRAINT "earlier_sight_group_id_annotation_id_fkey"
  FOREIGN KEY ("group_id", "annotation_id") REFERENCES "annotation"("group_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE FUNCTION keep_earlier_sight() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "earlier_sight" ("group_id", "annotation_id", "state", "visibility", "edition", "section")
  VALUES (OLD."group_id", OLD."id", OLD."state", OLD."visibility", OLD."edition", OLD."section")
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_earlier_sight AFTER UPDATE OF "state", "visibility", "edition", "section" ON "annotation"
  FOR EACH ROW WHEN (ROW(OLD."state", OLD."visibility", OLD."edition", OLD."section")
    IS DISTINCT FROM ROW(NEW."state", NEW."visibility", NEW."edition", NEW."section"))
  EXECUTE FUNCTION keep_earlier_sight();

-- What changes who sees what, apart from any one annotation: an opened door, a mode or a date, subgroups, access.
CREATE OR REPLACE FUNCTION unlock_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO participation (group_id, assignment_id, user_id, unlocked_at)
  VALUES (NEW.group_id, NEW.assignment_id, NEW.author_id, now())
  ON CONFLICT (group_id, assignment_id, user_id) DO UPDATE SET unlocked_at = excluded.unlocked_at
    WHERE participation.unlocked_at IS NULL;
  IF FOUND THEN
    INSERT INTO "event" ("group_id", "kind", "subject_id")
    SELECT NEW.group_id, 'sight.changed', NEW.author_id FROM "assignment"
     WHERE "group_id" = NEW.group_id AND "id" = NEW.assignment_id AND "mode" = 'post-first';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION record_sight_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "event" ("group_id", "kind") VALUES ((to_jsonb(NEW) ->> TG_ARGV[0])::uuid, 'sight.changed');
  RETURN NULL;
END $$;
CREATE TRIGGER sight_change AFTER UPDATE OF "mode", "reveal", "own_subgroups" ON "assignment" FOR EACH ROW
  WHEN (ROW(OLD."mode", OLD."reveal", OLD."own_subgroups") IS DISTINCT FROM ROW(NEW."mode", NEW."reveal", NEW."own_subgroups"))
  EXECUTE FUNCTION record_sight_change('group_id');
CREATE TRIGGER sight_change AFTER UPDATE OF "subgroups_apart" ON "group" FOR EACH ROW
  WHEN (OLD."subgroups_apart" IS DISTINCT FROM NEW."subgroups_apart")
  EXECUTE FUNCTION record_sight_change('id');
CREATE FUNCTION record_sight_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "event" ("group_id", "kind") SELECT DISTINCT "group_id", 'sight.changed' FROM touched;
  RETURN NULL;
END $$;
CREATE TRIGGER sight_change_insert AFTER INSERT ON "subgroup_member" REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION record_sight_changes();
CREATE TRIGGER sight_change_delete AFTER DELETE ON "subgroup_member" REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION record_sight_changes();
