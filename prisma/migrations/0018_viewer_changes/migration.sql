-- Every process remembers who sends which token or session (lib/identity/viewer-cache.ts), until one of these triggers
-- notifies it of a change: with the person's id, or with nothing where it may be anybody.
CREATE FUNCTION notify_viewer_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('scholion_viewer', (to_jsonb(coalesce(OLD, NEW)) ->> TG_ARGV[0])::text);
  RETURN NULL;
END $$;
CREATE FUNCTION notify_viewer_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('scholion_viewer', '');
  RETURN NULL;
END $$;
CREATE TRIGGER viewer_change AFTER INSERT OR UPDATE OR DELETE ON "member"
  FOR EACH ROW EXECUTE FUNCTION notify_viewer_change('user_id');
-- A new session or token is not remembered yet, and when a token was last used is nothing that changes its person.
CREATE TRIGGER viewer_change AFTER UPDATE OR DELETE ON "session"
  FOR EACH ROW EXECUTE FUNCTION notify_viewer_change('user_id');
CREATE TRIGGER viewer_change AFTER UPDATE OF "hash", "scope", "group_id", "expires_at", "user_id" OR DELETE ON "token"
  FOR EACH ROW EXECUTE FUNCTION notify_viewer_change('user_id');
CREATE TRIGGER viewer_change AFTER UPDATE OF "name", "email", "email_claimed", "admin" OR DELETE ON "user"
  FOR EACH ROW EXECUTE FUNCTION notify_viewer_change('id');
CREATE TRIGGER viewer_changes AFTER UPDATE OF "slug", "name" OR DELETE ON "group"
  FOR EACH STATEMENT EXECUTE FUNCTION notify_viewer_changes();
CREATE TRIGGER viewer_changes AFTER INSERT OR UPDATE OR DELETE ON "email_invitation"
  FOR EACH STATEMENT EXECUTE FUNCTION notify_viewer_changes();
