-- When a session was opened: a first password is set by whoever has just proved who they are. Sessions from before
-- this migration are old, so they get the epoch.
ALTER TABLE "session" ADD COLUMN "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT 'epoch';
ALTER TABLE "session" ALTER COLUMN "created_at" SET DEFAULT CURRENT_TIMESTAMP;
