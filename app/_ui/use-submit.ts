'use client';
import { type FormEvent, useState } from 'react';
import { type Problem, toProblem } from './api-client';

/** The state of a form: whether it is being sent, and what is wrong with a field or with the whole. */
export type FormSubmission = {
  busy: boolean;
  /** What is wrong, as a sentence. */
  problem: string | undefined;
  /** The refusal itself; status 0 where no answer came. */
  refusal: Problem | null;
  errorOf: (field: string) => string | undefined;
  /** Sends the form's own fields; what was typed stays in them where that fails. */
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  run: (work: () => Promise<void>) => Promise<void>;
};

/**
 * Sends a form with `send`, which gets its fields as text, and turns the API's problem into errors beside the fields of
 * the same names. `failed` is shown where there was no answer.
 */
export function useSubmit(
  failed: string,
  send: (fields: Record<string, string>) => Promise<void> = async () => {},
): FormSubmission {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);

  async function run(work: () => Promise<void>): Promise<void> {
    if (busy) return;
    setBusy(true);
    setRefusal(null);
    try {
      await work();
    } catch (error) {
      setRefusal(toProblem(error));
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

  const errors = fieldErrors(refusal);
  const problem = refusal ? refusal.detail || refusal.title || failed : undefined;
  return { busy, problem, refusal, errorOf: (field) => errors[field], onSubmit, run };
}

/** The faults of a problem by the field that they are about; the first of each. */
export function fieldErrors(problem: Problem | null): Partial<Record<string, string>> {
  const errors: Partial<Record<string, string>> = {};
  for (const { pointer, detail } of problem?.errors ?? []) {
    const field = /^[/#]*([^/]+)/.exec(pointer)?.[1];
    if (field) errors[field] ??= detail;
  }
  return errors;
}
