-- When a person said that a region whose image was replaced stays lost, as passages have it.
ALTER TABLE "region" ADD COLUMN "settled_at" TIMESTAMPTZ(3);
