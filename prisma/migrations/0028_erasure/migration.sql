-- Erasures that people ask for (docs/decisions/0038).
CREATE TABLE "erasure" (
    "id" UUID NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "notes" TEXT NOT NULL,
    "marks" JSONB,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "result" JSONB,

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "erasure_secret_hash_key" ON "erasure"("secret_hash");

-- An event and an earlier version change by an erasure alone; a version may go.
CREATE FUNCTION refuse_unless_erasing_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('scholion.erasing', true) = 'on' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER append_only ON "annotation_version";
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "annotation_version" FOR EACH ROW
  EXECUTE FUNCTION refuse_unless_erasing_all();
DROP TRIGGER numbered_once ON "event";
CREATE TRIGGER numbered_once BEFORE UPDATE ON "event" FOR EACH ROW
  WHEN (OLD."number" IS NOT NULL OR
    ROW(OLD."group_id", OLD."seq", OLD."kind", OLD."annotation_id", OLD."actor_id", OLD."subject_id", OLD."created_at")
    IS DISTINCT FROM
    ROW(NEW."group_id", NEW."seq", NEW."kind", NEW."annotation_id", NEW."actor_id", NEW."subject_id", NEW."created_at"))
  EXECUTE FUNCTION refuse_unless_erasing();

-- A text without the marks of a person: their mentions say `former`, their ids are `ghost`, and their addresses are gone.
-- `ids` and `addresses` are parts of regular expressions.
CREATE FUNCTION without_marks(content text, ids text, ghost text, addresses text, former text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(regexp_replace(
    regexp_replace(content, '@\[(?:[^\]\\]|\\.)*\]\((?:' || ids || ')\)', '@' || former, 'gi'),
    ids, ghost, 'gi'), addresses, '', 'gi')
$$;

-- Columns that the log got meanwhile, and that an erasure changes.
GRANT UPDATE ("subject_id", "details") ON "decision" TO CURRENT_USER;
