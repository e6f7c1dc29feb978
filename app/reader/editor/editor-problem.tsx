'use client';
import type { Problem } from '@/app/_ui/api-client';
import { useTranslations } from '@/lib/i18n/client';
import styles from './editor.module.css';

/** The faults of a problem by the field that they are about. */
export function fieldErrors(problem: Problem | null): Partial<Record<string, string>> {
  const errors: Partial<Record<string, string>> = {};
  for (const { pointer, detail } of problem?.errors ?? []) {
    const field = /^[/#]*([^/]+)/.exec(pointer)?.[1];
    if (field) errors[field] ??= detail;
  }
  return errors;
}

/** Why something was not saved, and what helps. What was typed is still there. */
export function EditorProblem({ problem }: { problem: Problem | null }) {
  const t = useTranslations('annotation');
  if (!problem) return <div role="alert" />;
  const { body, tags, ...others } = fieldErrors(problem);
  const shown = body !== undefined || tags !== undefined;
  return (
    <div role="alert" className={styles.error}>
      {problem.status === 0 && <p>{t('problem_network')}</p>}
      {problem.status === 401 && (
        <p>
          {t('problem_signedOut')} <a href={signInUrl()}>{t('signInAgain')}</a>
        </p>
      )}
      {(problem.status === 412 || problem.status === 409) && <p>{problem.detail || t('problem_stale')}</p>}
      {![0, 401, 412, 409].includes(problem.status) && (
        <p>{(shown ? '' : problem.detail || problem.title) || t('problem_input')}</p>
      )}
      {Object.entries(others).map(([field, detail]) => (
        <p key={field}>{detail}</p>
      ))}
    </div>
  );
}

/** The sign-in page that leads back here. */
export function signInUrl(): string {
  const { pathname, search, hash } = window.location;
  return `/signin?callbackUrl=${encodeURIComponent(pathname + search + hash)}`;
}
