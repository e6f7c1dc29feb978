-- People who come in by themselves, and those who have gone.

-- An account that its person made with an address that nobody has proven: invitations to the address are not for it.
ALTER TABLE "user" ADD COLUMN "email_claimed" BOOLEAN NOT NULL DEFAULT false;

-- Who was a member of a group. Whoever left comes back by a link; whoever was removed, by staff alone.
CREATE TABLE "former_member" (
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "removed" BOOLEAN NOT NULL,
    "left_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "former_member_pkey" PRIMARY KEY ("group_id","user_id")
);
ALTER TABLE "former_member" ADD CONSTRAINT "former_member_group_id_fkey"
  FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "former_member" ADD CONSTRAINT "former_member_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
