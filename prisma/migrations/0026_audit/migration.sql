-- The record: every row of a log is entered as it is written, as digests that are chained (docs/decisions/0036).
-- Triggers do all of it, so that no way of writing forgets it.

CREATE TABLE "audit_entry" (
    "group_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "row_id" UUID NOT NULL,
    "amends" INTEGER,
    "digests" JSONB NOT NULL,
    "salts" JSONB NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("group_id", "number")
);
CREATE INDEX "audit_entry_row_id_idx" ON "audit_entry"("row_id");
-- A row is entered once; what is entered of it later amends that.
CREATE UNIQUE INDEX audit_entry_once ON "audit_entry"("source", "row_id") WHERE "amends" IS NULL;

CREATE TABLE "audit_head" (
    "group_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("group_id")
);

CREATE FUNCTION audit_sha256(content text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT encode(sha256(convert_to(content, 'UTF8')), 'hex')
$$;

-- Appends an entry to a chain: `fields` are columns of the row, and what stands in them. Its head is locked until the
-- transaction ends, which is at its end when this is called.
CREATE FUNCTION append_audit_entry(chain uuid, source text, entered uuid, amended int, fields jsonb)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  head audit_head;
  digests jsonb;
  salts jsonb;
  lines text;
BEGIN
  WITH field AS MATERIALIZED (
    SELECT f.key, f.value::text AS value, replace(gen_random_uuid()::text, '-', '') AS salt FROM jsonb_each(fields) f),
  digested AS (
    SELECT f.key, f.salt, audit_sha256(f.salt || E'\n' || f.key || E'\n' || f.value) AS digest FROM field f)
  SELECT coalesce(jsonb_object_agg(d.key, d.digest), '{}'), coalesce(jsonb_object_agg(d.key, d.salt), '{}'),
         coalesce(string_agg(E'\n' || d.key || ' ' || d.digest, '' ORDER BY d.key COLLATE "C"), '')
    INTO digests, salts, lines FROM digested d;

  INSERT INTO audit_head VALUES (chain, 0, audit_sha256('scholion ' || chain)) ON CONFLICT DO NOTHING;
  SELECT h.* INTO head FROM audit_head h WHERE h.group_id = chain FOR UPDATE;
  head.number := head.number + 1;
  head.hash := audit_sha256(head.hash || E'\n' || head.number || E'\n'
    || audit_sha256(source || E'\n' || coalesce(amended::text, '') || lines));
  INSERT INTO audit_entry VALUES (chain, head.number, source, entered, amended, digests, salts, head.hash);
  UPDATE audit_head h SET number = head.number, hash = head.hash WHERE h.group_id = chain;
END $$;

-- Enters a row of a log; of one that an erasure changed, the columns that it changed, whose earlier digests lose their
-- salts, so that nobody can guess what was erased. Columns that say nothing are left out: a column that a later migration
-- adds changes no entry. Times are written in UTC, whatever the session's time zone. The argument names the chain of a log
-- that belongs to no group.
CREATE FUNCTION enter_into_audit() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
  row_now jsonb := to_jsonb(NEW);
  fields jsonb;
  entry int;
  chain uuid := CASE WHEN TG_NARGS > 0 THEN TG_ARGV[0]::uuid ELSE (row_now->>'group_id')::uuid END;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT jsonb_object_agg(f.key, f.value) INTO fields FROM jsonb_each(row_now) f
     WHERE f.value::text NOT IN ('null', '""', 'false', '0', '[]', '{}');
    PERFORM append_audit_entry(chain, TG_TABLE_NAME, NEW.id, NULL, fields);
    RETURN NULL;
  END IF;
  SELECT jsonb_object_agg(f.key, f.value) INTO fields FROM jsonb_each(row_now) f
   WHERE f.value IS DISTINCT FROM to_jsonb(OLD)->f.key;
  IF fields IS NULL THEN RETURN NULL; END IF;
  SELECT e.number INTO entry FROM audit_entry e
   WHERE e.row_id = NEW.id AND e.source = TG_TABLE_NAME AND e.amends IS NULL;
  UPDATE audit_entry e SET salts = e.salts - ARRAY(SELECT jsonb_object_keys(fields))
   WHERE e.row_id = NEW.id AND e.source = TG_TABLE_NAME;
  PERFORM append_audit_entry(chain, TG_TABLE_NAME, NEW.id, entry, fields);
  RETURN NULL;
END $$;

-- What is there already is entered in its order.
DO $$
BEGIN
  PERFORM set_config('timezone', 'UTC', true);
  PERFORM append_audit_entry(d.group_id, 'decision', d.id, NULL, (SELECT jsonb_object_agg(f.key, f.value)
      FROM jsonb_each(to_jsonb(d)) f WHERE f.value::text NOT IN ('null', '""', 'false', '0', '[]', '{}')))
    FROM (SELECT * FROM decision ORDER BY id) d;
  PERFORM append_audit_entry('00000000-0000-0000-0000-000000000000', 'account_change', c.id, NULL,
      (SELECT jsonb_object_agg(f.key, f.value)
         FROM jsonb_each(to_jsonb(c)) f WHERE f.value::text NOT IN ('null', '""', 'false', '0', '[]', '{}')))
    FROM (SELECT * FROM account_change ORDER BY id) c;
END $$;

CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON "decision" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION enter_into_audit();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON "account_change" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION enter_into_audit('00000000-0000-0000-0000-000000000000');

-- A row of a log changes by an erasure alone, which says so in its transaction, and whose change is entered.
CREATE FUNCTION refuse_unless_erasing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('scholion.erasing', true) = 'on' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
-- An entry loses salts, and nothing else.
CREATE FUNCTION refuse_unless_fewer_salts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.salts <@ OLD.salts AND to_jsonb(NEW) - 'salts' = to_jsonb(OLD) - 'salts' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER append_only ON "decision";
DROP TRIGGER append_only ON "account_change";
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "decision" FOR EACH ROW EXECUTE FUNCTION refuse_unless_erasing();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "account_change" FOR EACH ROW EXECUTE FUNCTION refuse_unless_erasing();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION refuse_unless_fewer_salts();
CREATE TRIGGER append_only BEFORE DELETE ON "audit_head" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['decision', 'account_change', 'audit_entry', 'audit_head', 'annotation_version', 'event'] LOOP
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
  END LOOP;
END $$;

-- The owner of the tables takes its own rights away: they bind every role but a superuser, which the embedded database has.
REVOKE UPDATE, DELETE, TRUNCATE ON "decision", "account_change", "audit_entry" FROM PUBLIC, CURRENT_USER;
REVOKE DELETE, TRUNCATE ON "audit_head" FROM PUBLIC, CURRENT_USER;
-- The columns that an erasure changes.
GRANT UPDATE ("actor_id", "reason") ON "decision" TO CURRENT_USER;
GRANT UPDATE ("user_id", "actor_id", "other_id") ON "account_change" TO CURRENT_USER;
GRANT UPDATE ("salts") ON "audit_entry" TO CURRENT_USER;
