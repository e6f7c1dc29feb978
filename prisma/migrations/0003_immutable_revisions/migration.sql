-- A published revision never changes: annotations and citations count on its offsets, and servers keep it in memory.

CREATE FUNCTION refuse_published_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL THEN
    RAISE EXCEPTION 'revision % of % is published and cannot be changed', OLD.number, OLD.edition;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER revision_immutable BEFORE UPDATE OR DELETE ON "revision"
  FOR EACH ROW EXECUTE FUNCTION refuse_published_revision();

-- Once for a statement, on the rows that it touched. The revisions touched are held against a publication that
-- runs at the same time.
CREATE FUNCTION refuse_published_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT r.edition, r.number, r.published_at FROM "revision" r
     WHERE (r.edition, r.number) IN (SELECT DISTINCT t.edition, t.revision FROM touched t)
       FOR SHARE OF r
  LOOP
    IF found.published_at IS NOT NULL THEN
      RAISE EXCEPTION 'revision % of % is published and cannot be changed', found.number, found.edition;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['section', 'paragraph', 'note', 'page', 'correction', 'span'] LOOP
    EXECUTE format('CREATE TRIGGER immutable_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS touched
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_published_rows()', name);
    EXECUTE format('CREATE TRIGGER immutable_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS touched
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_published_rows()', name);
    -- Both sides of an update: no row may leave a published revision, and none may enter one.
    EXECUTE format('CREATE TRIGGER immutable_update_old AFTER UPDATE ON %I REFERENCING OLD TABLE AS touched
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_published_rows()', name);
    EXECUTE format('CREATE TRIGGER immutable_update_new AFTER UPDATE ON %I REFERENCING NEW TABLE AS touched
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_published_rows()', name);
  END LOOP;
END $$;
