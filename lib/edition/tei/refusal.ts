import { AppError } from '@/lib/kernel/errors';

/** The refusal of a source at `line:column`; both count from 1. */
export function refusal(at: string, reason: string): AppError {
  return new AppError('invalid', `The file is refused: ${at} ${reason}.`, {
    errors: [{ pointer: at, detail: `${at} ${reason}` }],
  });
}

/** `line:column` of an index of a text; both count from 1. */
export function positionOf(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `${line}:${[...before.slice(before.lastIndexOf('\n') + 1)].length + 1}`;
}
