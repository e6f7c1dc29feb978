-- The last door that time has opened is asked for by every read that is kept (docs/decisions/0039).
CREATE INDEX "assignment_reveal" ON "assignment" ("reveal") WHERE "mode" = 'blind-until';
