'use client';
import { useCallback, useRef } from 'react';
import { Problem } from '@/app/_ui/api-client';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { type AnchorDecision, fetchAnnotation, resolveAnchor } from '../data/api';
import { useReader } from './context';

/**
 * Gives what decides where a note belongs; it says what came of it, with a way back, and gives the note as it is then,
 * else null.
 */
export function useResolveAnchor(): (
  note: Annotation,
  settlement: AnchorDecision,
) => Promise<Annotation | null> {
  const t = useTranslations('annotation');
  const { dispatch, say } = useReader();
  // A second press, while the first is on a slow line, would be answered that the note has changed.
  const isBusy = useRef(false);
  return useCallback(
    async function settle(note, settlement): Promise<Annotation | null> {
      if (isBusy.current) return null;
      isBusy.current = true;
      try {
        const settled = await resolveAnchor(note, settlement);
        dispatch({ type: 'put', note: settled });
        const place = 'drawn' in settlement ? { drawn: settlement.drawn } : { passage: settlement.passage };
        const undo = () => void settle(settled, { action: 'undo', ...place });
        say(t(`anchorResolved_${settlement.action}`), settlement.action === 'undo' ? undefined : undo);
        return settled;
      } catch (caught) {
        const problem = caught instanceof Problem ? caught : new Problem(0);
        if (problem.status === 409) {
          const now = await fetchAnnotation(note.id).catch(() => null);
          if (now) dispatch({ type: 'put', note: now });
        }
        say(problem.detail || t(problem.status === 401 ? 'problem_signedOut' : 'problem_network'));
        return null;
      } finally {
        isBusy.current = false;
      }
    },
    [dispatch, say, t],
  );
}
