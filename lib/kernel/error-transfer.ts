import { AppError, type ErrorCode, type FieldError } from './errors';

/** An `AppError` as plain data, which a thread can send to another. */
export type TransferredError = {
  code: ErrorCode;
  detail: string;
  errors: FieldError[];
  headers: Record<string, string>;
  values: Record<string, string | number>;
};

/** A refusal as plain data; what is no refusal is a defect, and is thrown again. */
export function transferError(error: unknown): TransferredError {
  if (!(error instanceof AppError)) throw error;
  const { code, message: detail, errors, headers, values } = error;
  return { code, detail, errors, headers, values };
}

/** The refusal that `transferError` took apart. */
export function restoreError({ code, detail, ...more }: TransferredError): AppError {
  return new AppError(code, detail, more);
}
