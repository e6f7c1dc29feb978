import { Prisma } from './generated/client';

/**
 * Whether `error` is the refusal of the unique index `index` (its name in the database). Stores ask it, and answer
 * in the words of their room.
 */
export function isUniqueViolation(error: unknown, index: string): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return false;
  return JSON.stringify(error.meta ?? {}).includes(`"index":"${index}"`);
}
