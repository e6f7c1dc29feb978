-- Who was invited into a group by e-mail address, and has not come yet. It says the same whether an account has the
-- address or not.
CREATE TABLE "email_invitation" (
    "group_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "email_invitation_pkey" PRIMARY KEY ("group_id","id")
);
ALTER TABLE "email_invitation" ADD CONSTRAINT "email_invitation_group_id_fkey"
  FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
CREATE UNIQUE INDEX "email_invitation_group_id_email_key" ON "email_invitation"("group_id", "email");
-- Every request asks whether its person is invited anywhere.
CREATE INDEX "email_invitation_email_idx" ON "email_invitation"("email");
