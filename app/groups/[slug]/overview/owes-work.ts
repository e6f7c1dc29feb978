import type { StudentProgress } from '@/lib/assignment/schema';

/** Whether a student has written less than is expected. */
export function owesWork({ glosses, replies, expected }: StudentProgress): boolean {
  return glosses < expected.glosses || replies < expected.replies;
}
