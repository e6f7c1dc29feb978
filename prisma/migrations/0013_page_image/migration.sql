-- The picture of a printed page that the text names: a web address, or the name of a file (pb/@facs, facsimile).
ALTER TABLE "page" ADD COLUMN "image" TEXT;
