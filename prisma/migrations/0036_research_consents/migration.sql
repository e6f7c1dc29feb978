-- What members of a group agree to before their notes go into a copy for research, and who did.
ALTER TABLE "group" ADD COLUMN "research_wording" TEXT NOT NULL DEFAULT '';
CREATE TABLE "research_consent" (
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "wording" TEXT NOT NULL,
    "consented_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "research_consent_pkey" PRIMARY KEY ("group_id", "user_id")
);
CREATE INDEX "research_consent_user_id_idx" ON "research_consent"("user_id");
ALTER TABLE "research_consent" ADD CONSTRAINT "research_consent_group_id_fkey"
  FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "research_consent" ADD CONSTRAINT "research_consent_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
