import { Prisma } from './generated/client';

/**
 * Whether `error` is a violation of the unique index `index` (its name in the database).
 */
export function isUniqueViolation(error: unknown, index: string): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return false;
  return JSON.stringify(error.meta ?? {}).includes(`"index":"${index}"`);
}
