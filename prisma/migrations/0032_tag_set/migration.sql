-- The tags that staff offers in a group; whoever writes may use others.
ALTER TABLE "group" ADD COLUMN "tag_set" TEXT[] NOT NULL DEFAULT '{}';
