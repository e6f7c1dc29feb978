-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Scope" AS ENUM ('read', 'write');

-- CreateEnum
CREATE TYPE "SectionKind" AS ENUM ('section', 'note');

-- CreateEnum
CREATE TYPE "Access" AS ENUM ('open', 'restricted', 'private');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('owner', 'instructor', 'assistant', 'student', 'reader');

-- CreateEnum
CREATE TYPE "Mode" AS ENUM ('open', 'post-first', 'blind-until', 'staff-only', 'private');

-- CreateEnum
CREATE TYPE "Kind" AS ENUM ('gloss', 'question', 'variant', 'translation', 'source', 'link');

-- CreateEnum
CREATE TYPE "Visibility" AS ENUM ('private', 'staff', 'group');

-- CreateEnum
CREATE TYPE "State" AS ENUM ('published', 'pending', 'hidden', 'denied', 'deleted');

-- CreateEnum
CREATE TYPE "Anchor" AS ENUM ('exact', 'moved', 'fuzzy', 'orphaned');

-- CreateEnum
CREATE TYPE "FlagReason" AS ENUM ('off-topic', 'offensive', 'personal-data', 'wrong', 'other');

-- CreateEnum
CREATE TYPE "Action" AS ENUM ('approve', 'deny', 'hide', 'restore', 'lock', 'unlock', 'pin', 'unpin', 'endorse', 'unendorse', 'resolve', 'reopen', 'move', 'merge');

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "email_verified" TIMESTAMPTZ(3),
    "image" TEXT,
    "password_hash" TEXT,
    "admin" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "session" (
    "session_token" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("session_token")
);

-- CreateTable
CREATE TABLE "verification_token" (
    "identifier" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_token_pkey" PRIMARY KEY ("identifier","token")
);

-- CreateTable
CREATE TABLE "token" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scope" "Scope" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "edition" (
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "current" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "edition_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "revision" (
    "edition" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "canon" TEXT NOT NULL,
    "header" JSONB NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "revision_pkey" PRIMARY KEY ("edition","number")
);

-- CreateTable
CREATE TABLE "section" (
    "edition" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "SectionKind" NOT NULL,
    "home" TEXT,
    "label" TEXT,
    "title" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "section_pkey" PRIMARY KEY ("edition","revision","id")
);

-- CreateTable
CREATE TABLE "paragraph" (
    "edition" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "language" TEXT NOT NULL,

    CONSTRAINT "paragraph_pkey" PRIMARY KEY ("edition","revision","id")
);

-- CreateTable
CREATE TABLE "note" (
    "edition" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "offset" INTEGER NOT NULL,
    "targets" TEXT[],

    CONSTRAINT "note_pkey" PRIMARY KEY ("edition","revision","id")
);

-- CreateTable
CREATE TABLE "page" (
    "edition" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "offset" INTEGER NOT NULL,

    CONSTRAINT "page_pkey" PRIMARY KEY ("edition","revision","section","offset","label")
);

-- CreateTable
CREATE TABLE "correction" (
    "edition" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "printed" TEXT NOT NULL,
    "corrected" TEXT NOT NULL,
    "certainty" TEXT NOT NULL,
    "resp" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "correction_pkey" PRIMARY KEY ("edition","revision","section","position")
);

-- CreateTable
CREATE TABLE "span" (
    "edition" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT,
    "language" TEXT,
    "targets" TEXT[],

    CONSTRAINT "span_pkey" PRIMARY KEY ("edition","revision","section","position")
);

-- CreateTable
CREATE TABLE "group" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "access" "Access" NOT NULL DEFAULT 'private',
    "edition" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("group_id","user_id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "group_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "uses" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("group_id","id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "group_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "instructions" TEXT NOT NULL DEFAULT '',
    "edition" TEXT NOT NULL,
    "sections" TEXT[],
    "mode" "Mode" NOT NULL DEFAULT 'open',
    "opens" TIMESTAMPTZ(3),
    "due" TIMESTAMPTZ(3),
    "reveal" TIMESTAMPTZ(3),
    "premoderated" BOOLEAN NOT NULL DEFAULT false,
    "closed" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("group_id","id")
);

-- CreateTable
CREATE TABLE "annotation" (
    "group_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "root_id" UUID NOT NULL,
    "parent_id" UUID,
    "author_id" UUID NOT NULL,
    "edition" TEXT NOT NULL,
    "section" TEXT NOT NULL,
    "assignment_id" UUID,
    "kind" "Kind" NOT NULL DEFAULT 'gloss',
    "body" TEXT NOT NULL,
    "tags" TEXT[],
    "visibility" "Visibility" NOT NULL DEFAULT 'group',
    "state" "State" NOT NULL DEFAULT 'published',
    "deleted_from" "State",
    "reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "modified_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER,
    "anchor_revision" INTEGER,
    "start" INTEGER,
    "end" INTEGER,
    "exact" TEXT,
    "prefix" TEXT,
    "suffix" TEXT,
    "anchor" "Anchor",
    "locked" BOOLEAN NOT NULL DEFAULT false,
    "pinned" BOOLEAN NOT NULL DEFAULT false,
    "endorsed" BOOLEAN NOT NULL DEFAULT false,
    "resolved" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "annotation_pkey" PRIMARY KEY ("group_id","id")
);

-- CreateTable
CREATE TABLE "annotation_version" (
    "group_id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" "Kind" NOT NULL,
    "body" TEXT NOT NULL,
    "tags" TEXT[],
    "visibility" "Visibility" NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "annotation_version_pkey" PRIMARY KEY ("group_id","annotation_id","version")
);

-- CreateTable
CREATE TABLE "flag" (
    "group_id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "reason" "FlagReason" NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "flag_pkey" PRIMARY KEY ("group_id","annotation_id","user_id")
);

-- CreateTable
CREATE TABLE "decision" (
    "group_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "action" "Action" NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "before" "State" NOT NULL,
    "after" "State" NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("group_id","id")
);

-- CreateTable
CREATE TABLE "event" (
    "group_id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "annotation_id" UUID,
    "actor_id" UUID,
    "subject_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("group_id","seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "token_hash_key" ON "token"("hash");

-- CreateIndex
CREATE INDEX "token_user_id_idx" ON "token"("user_id");

-- CreateIndex
CREATE INDEX "paragraph_edition_revision_section_position_idx" ON "paragraph"("edition", "revision", "section", "position");

-- CreateIndex
CREATE INDEX "note_edition_revision_section_offset_idx" ON "note"("edition", "revision", "section", "offset");

-- CreateIndex
CREATE UNIQUE INDEX "group_slug_key" ON "group"("slug");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_code_key" ON "invitation"("code");

-- CreateIndex
CREATE INDEX "annotation_id_idx" ON "annotation"("id");

-- CreateIndex
CREATE INDEX "annotation_group_id_root_id_id_idx" ON "annotation"("group_id", "root_id", "id");

-- CreateIndex
CREATE INDEX "annotation_group_id_edition_section_start_idx" ON "annotation"("group_id", "edition", "section", "start");

-- CreateIndex
CREATE INDEX "annotation_group_id_author_id_id_idx" ON "annotation"("group_id", "author_id", "id");

-- CreateIndex
CREATE INDEX "decision_group_id_annotation_id_idx" ON "decision"("group_id", "annotation_id");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token" ADD CONSTRAINT "token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision" ADD CONSTRAINT "revision_edition_fkey" FOREIGN KEY ("edition") REFERENCES "edition"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "section" ADD CONSTRAINT "section_edition_revision_fkey" FOREIGN KEY ("edition", "revision") REFERENCES "revision"("edition", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paragraph" ADD CONSTRAINT "paragraph_edition_revision_section_fkey" FOREIGN KEY ("edition", "revision", "section") REFERENCES "section"("edition", "revision", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "note" ADD CONSTRAINT "note_edition_revision_section_fkey" FOREIGN KEY ("edition", "revision", "section") REFERENCES "section"("edition", "revision", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "page" ADD CONSTRAINT "page_edition_revision_section_fkey" FOREIGN KEY ("edition", "revision", "section") REFERENCES "section"("edition", "revision", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "correction" ADD CONSTRAINT "correction_edition_revision_section_fkey" FOREIGN KEY ("edition", "revision", "section") REFERENCES "section"("edition", "revision", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "span" ADD CONSTRAINT "span_edition_revision_section_fkey" FOREIGN KEY ("edition", "revision", "section") REFERENCES "section"("edition", "revision", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group" ADD CONSTRAINT "group_edition_fkey" FOREIGN KEY ("edition") REFERENCES "edition"("slug") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_group_id_assignment_id_fkey" FOREIGN KEY ("group_id", "assignment_id") REFERENCES "assignment"("group_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_group_id_root_id_fkey" FOREIGN KEY ("group_id", "root_id") REFERENCES "annotation"("group_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_group_id_parent_id_fkey" FOREIGN KEY ("group_id", "parent_id") REFERENCES "annotation"("group_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "annotation_version" ADD CONSTRAINT "annotation_version_group_id_annotation_id_fkey" FOREIGN KEY ("group_id", "annotation_id") REFERENCES "annotation"("group_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flag" ADD CONSTRAINT "flag_group_id_annotation_id_fkey" FOREIGN KEY ("group_id", "annotation_id") REFERENCES "annotation"("group_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_group_id_annotation_id_fkey" FOREIGN KEY ("group_id", "annotation_id") REFERENCES "annotation"("group_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- By hand from here on: what Prisma's schema cannot say.

-- The log and the earlier texts are append-only (design.md, "What always holds" 4).
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "annotation_version" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "decision" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "event" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A passage has both its ends and its quote, or neither; a reply has none and names its thread.
ALTER TABLE "annotation" ADD CONSTRAINT annotation_passage CHECK (
  ("start" IS NULL) = ("end" IS NULL) AND ("start" IS NULL OR ("start" < "end" AND "exact" IS NOT NULL))
);
ALTER TABLE "annotation" ADD CONSTRAINT annotation_thread CHECK (
  CASE WHEN "parent_id" IS NULL THEN "root_id" = "id" ELSE "root_id" <> "id" AND "exact" IS NULL END
);
