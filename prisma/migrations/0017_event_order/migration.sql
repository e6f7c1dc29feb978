-- Events get their place in the order of their group when they are read, not when they are written
-- (docs/decisions/0026-order-of-events.md): those that are visible and have none, under a lock of the readers alone.
ALTER TABLE "event" ADD COLUMN "number" BIGINT;
DROP TRIGGER append_only ON "event";
UPDATE "event" e SET "number" = n."number" FROM (
  SELECT "group_id", "seq", row_number() OVER (PARTITION BY "group_id" ORDER BY "seq") AS "number" FROM "event") n
  WHERE e."group_id" = n."group_id" AND e."seq" = n."seq";
CREATE UNIQUE INDEX "event_group_id_number_key" ON "event" ("group_id", "number");
CREATE INDEX "event_unnumbered" ON "event" ("group_id", "seq") WHERE "number" IS NULL;

CREATE TRIGGER append_only BEFORE DELETE ON "event" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER numbered_once BEFORE UPDATE ON "event" FOR EACH ROW
  WHEN (OLD."number" IS NOT NULL OR
    ROW(OLD."group_id", OLD."seq", OLD."kind", OLD."annotation_id", OLD."actor_id", OLD."subject_id", OLD."created_at")
    IS DISTINCT FROM
    ROW(NEW."group_id", NEW."seq", NEW."kind", NEW."annotation_id", NEW."actor_id", NEW."subject_id", NEW."created_at"))
  EXECUTE FUNCTION refuse_change();

-- Numbers the events of a group that are visible and have no number. Each statement of a function sees what was committed
-- before it (READ COMMITTED), so that the one after the lock sees what the last holder of the lock has numbered.
CREATE FUNCTION number_events(in_group UUID) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
  newest BIGINT;
BEGIN
  IF NOT EXISTS (SELECT FROM "event" WHERE "group_id" = in_group AND "number" IS NULL) THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(in_group::text, 0));
  SELECT "number" INTO newest FROM "event" WHERE "group_id" = in_group AND "number" IS NOT NULL
    ORDER BY "number" DESC LIMIT 1;
  UPDATE "event" e SET "number" = coalesce(newest, 0) + n."number" FROM (
    SELECT "seq", row_number() OVER (ORDER BY "seq") AS "number" FROM "event"
      WHERE "group_id" = in_group AND "number" IS NULL) n
    WHERE e."group_id" = in_group AND e."seq" = n."seq" AND e."number" IS NULL;
END $$;
