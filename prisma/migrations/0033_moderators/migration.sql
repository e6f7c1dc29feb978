-- The right to moderate alone, given to a student.
ALTER TABLE "member" ADD COLUMN "moderates" BOOLEAN NOT NULL DEFAULT false;
