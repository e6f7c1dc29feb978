'use client';
import type { Problem } from '@/app/_ui/api-client';
import { signInUrl } from '@/app/_ui/sign-in-url';
import { fieldErrors } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import { isConflict } from '../data/mutations';
import styles from './editor.module.css';

/** Why something was not saved, and what helps. What was typed is still there. */
export function EditorProblem({ problem }: { problem: Problem | null }) {
  const t = useTranslations('annotation');
  if (!problem) return <div role="alert" />;
  const { body, tags, ...others } = fieldErrors(problem);
  const isShownBesideField = body !== undefined || tags !== undefined;
  return (
    <div role="alert" className={styles.error}>
      {problem.status === 0 && <p>{t('problem_network')}</p>}
      {problem.status === 401 && (
        <p>
          {t('problem_signedOut')} <a href={signInUrl()}>{t('signInAgain')}</a>
        </p>
      )}
      {isConflict(problem) && <p>{problem.detail || t('problem_stale')}</p>}
      {![0, 401].includes(problem.status) && !isConflict(problem) && (
        <p>{(isShownBesideField ? '' : problem.detail || problem.title) || t('problem_input')}</p>
      )}
      {Object.entries(others).map(([field, detail]) => (
        <p key={field}>{detail}</p>
      ))}
    </div>
  );
}
