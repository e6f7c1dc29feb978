-- A group that is archived can be read, and not written in; one that is deleted is there for nobody.
ALTER TABLE "group" ADD COLUMN "archived_at" TIMESTAMPTZ(3);
ALTER TABLE "group" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);

DROP TRIGGER viewer_changes ON "group";
CREATE TRIGGER viewer_changes AFTER UPDATE OF "slug", "name", "archived_at", "deleted_at" OR DELETE ON "group"
  FOR EACH STATEMENT EXECUTE FUNCTION notify_viewer_changes();

-- Refuses a write in an archived group, whichever way it comes (lib/db/refused-write.ts says it in words). A merge of
-- accounts, which changes nothing of what the group sees, sets `scholion.archived_writes` for its transaction.
CREATE FUNCTION refuse_archived() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.group_id ELSE NEW.group_id END;
BEGIN
  IF EXISTS (SELECT FROM "group" WHERE id = touched AND archived_at IS NOT NULL)
    AND current_setting('scholion.archived_writes', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION 'group_is_archived';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['annotation', 'flag', 'decision', 'participation', 'import', 'member'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_archived BEFORE INSERT OR UPDATE ON %I
                    FOR EACH ROW EXECUTE FUNCTION refuse_archived()', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['invitation', 'email_invitation', 'subgroup_member'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_archived BEFORE INSERT ON %I
                    FOR EACH ROW EXECUTE FUNCTION refuse_archived()', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['assignment', 'reading_list_item', 'subgroup'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_archived BEFORE INSERT OR UPDATE OR DELETE ON %I
                    FOR EACH ROW EXECUTE FUNCTION refuse_archived()', name);
  END LOOP;
END $$;
