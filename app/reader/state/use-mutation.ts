'use client';
import { useCallback, useRef } from 'react';
import { toProblem } from '@/app/_ui/api-client';
import { toast } from '@/app/_ui/toast';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { type AnchorDecision, type OnChanged, resolveAnchor } from '../data/mutations';
import { useReaderStore } from './use-reader';

/** Puts a changed annotation into the state. */
export function useOnChanged(): OnChanged {
  const store = useReaderStore();
  return useCallback(
    (annotation) => store.dispatch({ type: 'upsert', annotation, edition: store.getState().edition }),
    [store],
  );
}

/** Runs a change and says what came of it; null where it was refused. */
type RunMutation = (
  mutate: (onChanged: OnChanged) => Promise<Annotation>,
  done: string,
  undo?: (changed: Annotation) => void,
) => Promise<Annotation | null>;

/**
 * Runs one change of an annotation at a time: a second press, while the first is on a slow line, would be refused as a
 * conflict. The toast says `done`, with a way to undo it where `undo` is given, or why the change was refused.
 */
export function useMutation(): RunMutation {
  const t = useTranslations('annotation');
  const onChanged = useOnChanged();
  const isBusy = useRef(false);
  return useCallback(
    async (mutate, done, undo) => {
      if (isBusy.current) return null;
      isBusy.current = true;
      try {
        const changed = await mutate(onChanged);
        toast(done, undo && { label: t('undo'), run: () => undo(changed) });
        return changed;
      } catch (error) {
        const { status, detail } = toProblem(error);
        toast(detail || t(status === 401 ? 'problem_signedOut' : 'problem_network'));
        return null;
      } finally {
        isBusy.current = false;
      }
    },
    [onChanged, t],
  );
}

/** Gives a function that saves the decision about an anchor, and the annotation as it is then; null where refused. */
export function useResolveAnchor(): (
  annotation: Annotation,
  decision: AnchorDecision,
) => Promise<Annotation | null> {
  const t = useTranslations('annotation');
  const run = useMutation();
  return useCallback(
    async function resolve(annotation, decision): Promise<Annotation | null> {
      const { action, passage, drawn } = decision;
      const target = drawn === undefined ? { passage } : { drawn };
      const undo = (resolved: Annotation) => void resolve(resolved, { action: 'undo', ...target });
      return run(
        (onChanged) => resolveAnchor(annotation, decision, onChanged),
        t(`anchorResolved_${action}`),
        action === 'undo' ? undefined : undo,
      );
    },
    [run, t],
  );
}
