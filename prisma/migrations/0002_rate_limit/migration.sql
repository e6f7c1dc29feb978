-- Failures that were counted; the names are those that rate-limiter-flexible expects.
CREATE TABLE "rate_limit" (
  "key" VARCHAR(255) NOT NULL,
  "points" INTEGER NOT NULL DEFAULT 0,
  "expire" BIGINT,
  CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);
