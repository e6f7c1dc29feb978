'use client';
import { type FormEvent, useState } from 'react';
import { Problem } from './api-client';

/** How a form stands: whether it is being sent, what is wrong with a field, what is wrong altogether. */
export type FormSubmission = {
  busy: boolean;
  problem: string | undefined;
  errorOf: (field: string) => string | undefined;
  /** Sends the form's own fields; what was typed stays in them where it fails. */
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  run: (work: () => Promise<void>) => Promise<void>;
};

/**
 * Sends a form with `send`, which gets its fields as text, and turns the API's problem into errors beside the fields
 * of the same names. `failed` is said where there was no answer.
 */
export function useSubmit(
  failed: string,
  send: (fields: Record<string, string>) => Promise<void>,
): FormSubmission {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [errors, setErrors] = useState<Record<string, string>>({});

  async function run(work: () => Promise<void>): Promise<void> {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    setErrors({});
    try {
      await work();
    } catch (error) {
      const known = error instanceof Problem ? error : undefined;
      const fields = (known?.errors ?? []).map(({ pointer, detail }) => [pointer.slice(1), detail]);
      setErrors(Object.fromEntries(fields));
      setProblem(known?.detail || known?.title || failed);
    } finally {
      setBusy(false);
    }
  }

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)];
    const fields = Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
    void run(() => send(fields));
  }

  return { busy, problem, errorOf: (field) => errors[field], onSubmit, run };
}
