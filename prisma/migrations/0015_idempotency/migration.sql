-- The first answer to a write that carried an Idempotency-Key, for a day.
CREATE TABLE "idempotency_key" (
  "user_id" UUID NOT NULL,
  "hash" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  "new_id" UUID NOT NULL,
  "claim" UUID NOT NULL,
  "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "answer" BYTEA,
  CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("user_id", "hash")
);
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key" ("created_at");
ALTER TABLE "idempotency_key" ADD CONSTRAINT "idempotency_key_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
