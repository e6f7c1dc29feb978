'use client';
import { CircleAlert } from 'lucide';
import { useEffect, useRef } from 'react';
import type { Problem } from '@/app/_ui/api-client';
import { Icon } from '@/app/_ui/icon';
import { signInUrl } from '@/app/_ui/sign-in-url';
import { fieldErrors } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import { isConflict } from '../data/mutations';
import styles from './editor.module.css';

/** Why something was not saved, and what helps: above the field, in view and announced. What was typed is still there. */
export function EditorProblem({
  problem,
  tooLong = null,
  hint = null,
}: {
  problem: Problem | null;
  /** Says that the text is too long to be sent. */
  tooLong?: string | null;
  /** What will happen by itself. */
  hint?: string | null;
}) {
  const t = useTranslations('annotation');
  const box = useRef<HTMLDivElement>(null);
  const isShown = problem !== null || tooLong !== null;

  useEffect(() => {
    if (isShown) box.current?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }, [isShown]);

  // Always there, because screen readers must know a live region before it speaks.
  return (
    <div ref={box} role="alert" className={isShown ? styles.problem : undefined}>
      {isShown && (
        <>
          <Icon of={CircleAlert} />
          <div>
            <b>{t('notSaved')}</b> {tooLong ?? (problem && <Reason problem={problem} />)} {hint}
          </div>
        </>
      )}
    </div>
  );
}

function Reason({ problem }: { problem: Problem }) {
  const t = useTranslations('annotation');
  if (problem.status === 0) return t('problem_network');
  if (problem.status === 401)
    return (
      <>
        {t('problem_signedOut')} <a href={signInUrl()}>{t('signInAgain')}</a>
      </>
    );
  if (isConflict(problem)) return problem.detail || t('problem_stale');
  const { tags, ...others } = fieldErrors(problem);
  const details = Object.values(others).filter(Boolean);
  if (details.length > 0) return details.join(' ');
  return tags ? t('problem_input') : problem.detail || problem.title || t('problem_input');
}
