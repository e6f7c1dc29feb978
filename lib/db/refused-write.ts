import { AppError } from '@/lib/kernel/errors';
import { causesOf } from './availability';

/** The refusal that a trigger has raised, in words; null for any other error. */
export function refusedWriteFrom(error: unknown): AppError | null {
  for (const cause of causesOf(error))
    if (String(cause.message).includes('group_is_archived')) return archived();
  return null;
}

/** The refusal of a write in a group that is archived. */
export function archived(): AppError {
  return new AppError('conflict', 'This seminar is archived: it can be read, but not written in.');
}
