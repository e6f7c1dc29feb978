-- Which note of the queue a member of staff has before them: one for each, forgotten after minutes.
CREATE TABLE "queue_look" (
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "looked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "queue_look_pkey" PRIMARY KEY ("group_id", "user_id")
);
CREATE INDEX "queue_look_user_id_idx" ON "queue_look"("user_id");
ALTER TABLE "queue_look" ADD CONSTRAINT "queue_look_group_id_fkey"
  FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "queue_look" ADD CONSTRAINT "queue_look_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
