'use client';
import { ChevronDown, ChevronUp } from 'lucide';
import { useMemo } from 'react';
import { Avatar } from '@/app/_ui/avatar';
import { Button } from '@/app/_ui/button';
import { Icon } from '@/app/_ui/icon';
import { useTranslations } from '@/lib/i18n/client';
import { countQuestions, type NotedParagraph } from '../state/margin-plan';
import { UNFOLD_STEP } from '../state/reducer';
import type { PlacedThread } from '../state/thread-locations';
import { useReader, useReaderStore } from '../state/use-reader';
import { ThreadCard } from '../thread/thread-card';
import styles from './stub.module.css';

/** Faces that a folded paragraph shows. */
const FACES = 3;

/** A paragraph of many notes in one line, which opens in its place, some notes at a time; opening it closes another. */
export function Stub({ paragraph }: { paragraph: NotedParagraph }) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const { id, places } = paragraph;
  const limit = useReader(({ unfolded }) => (unfolded?.paragraph === id ? unfolded.limit : 0));
  // What is open stands at its words, and the list gives way to it.
  const isBusy = useReader(
    ({ active, editor, overlapChoices }) => active !== null || editor !== null || overlapChoices.length > 0,
  );
  const isOpen = limit > 0 && !isBusy;
  const questions = countQuestions(places);
  const names = useMemo(() => facesOf(places), [places]);
  function toggle(): void {
    if (isOpen) store.dispatch({ type: 'fold' });
    else store.dispatch({ type: 'unfold', paragraph: id });
  }
  return (
    <section className={styles.paragraph} data-open={isOpen || undefined}>
      <button
        type="button"
        className={styles.stub}
        data-stub={id}
        aria-expanded={isOpen}
        title={t('stubTitle')}
        onClick={toggle}
      >
        <span className={styles.faces} aria-hidden="true">
          {names.map((name) => (
            <Avatar key={name} name={name} size="small" />
          ))}
        </span>
        <span>
          <b>{t('notes', { count: places.length })}</b>
          {questions > 0 && <span className={styles.more}> · {t('questions', { count: questions })}</span>}
        </span>
        <Icon of={isOpen ? ChevronUp : ChevronDown} small />
      </button>
      {isOpen && (
        <>
          {places.slice(0, limit).map(({ root, thread }) => (
            <ThreadCard key={root.id} thread={thread} />
          ))}
          {places.length > limit && (
            <Button
              look="quiet"
              small
              onClick={() => store.dispatch({ type: 'unfold', paragraph: id, limit: limit + UNFOLD_STEP })}
            >
              {t('showMoreNotes', { count: Math.min(UNFOLD_STEP, places.length - limit) })}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

/** The names of the last few people who began a thread here. */
function facesOf(places: readonly PlacedThread[]): string[] {
  const newestFirst = [...places].sort((a, b) => b.root.created - a.root.created);
  return [...new Set(newestFirst.map(({ root }) => root.author.name))].slice(0, FACES);
}
