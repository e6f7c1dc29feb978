'use client';
import { type RefObject, useCallback, useEffect, useId, useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { isComposing } from '@/app/_ui/composition';
import type { Visibility } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { insertMention, type TypedMention, typedMention } from '../data/mention';
import { useReaderStore } from '../state/use-reader';
import styles from './mention-list.module.css';

type Person = { id: string; name: string };

type Props = {
  field: RefObject<HTMLTextAreaElement | null>;
  body: string;
  visibility: Visibility;
  /** The note that is answered. */
  parent: string | null;
  onChange: (body: string) => void;
};

/** Milliseconds after the last key before names are asked for. */
const PAUSE = 150;

/**
 * The people of the group whom one may mean after an `@`, of those who may see the note. The focus stays in the field; the
 * arrow keys go through the names, Enter and Tab take one, Escape closes the list (WAI-ARIA APG, editable combobox).
 */
export default function MentionList({ field, body, visibility, parent, onChange }: Props) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const id = useId();
  const [typed, setTyped] = useState<TypedMention | null>(null);
  const [people, setPeople] = useState<Person[]>([]);
  const [at, setAt] = useState(0);
  const isOpen = typed !== null && people.length > 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the caret moves with the text, and is where the field says
  useEffect(() => {
    const { current } = field;
    const look = () =>
      setTyped(
        current && document.activeElement === current
          ? typedMention(current.value, current.selectionStart)
          : null,
      );
    look();
    current?.addEventListener('keyup', look);
    current?.addEventListener('blur', look);
    return () => {
      current?.removeEventListener('keyup', look);
      current?.removeEventListener('blur', look);
    };
  }, [field, body]);

  const q = typed?.q;
  useEffect(() => {
    const { group, assignment } = store.getState();
    if (q === undefined || !group) {
      setPeople([]);
      return;
    }
    const asked = new AbortController();
    const timer = setTimeout(() => {
      const query = { q, visibility, ...(parent ? { parent } : assignment ? { assignment } : {}) };
      api('GET /groups/:group/mentionable', {
        param: { group: group.slug },
        query,
        signal: asked.signal,
      }).then(
        ({ items }) => {
          setPeople(items);
          setAt(0);
        },
        // Without names one writes on.
        () => setPeople([]),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [store, q, visibility, parent]);

  const choose = useCallback(
    (person: Person | undefined) => {
      const { current } = field;
      if (!person || !typed || !current) return;
      const { text, caret } = insertMention(current.value, typed, person);
      onChange(text);
      setTyped(null);
      requestAnimationFrame(() => current.setSelectionRange(caret, caret));
    },
    [field, typed, onChange],
  );

  useEffect(() => {
    const { current } = field;
    if (!isOpen || !current) return;
    function onKeyDown(event: KeyboardEvent): void {
      if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) setAt((at + step + people.length) % people.length);
      else if (event.key === 'Enter' || event.key === 'Tab') choose(people[at]);
      else if (event.key === 'Escape') setTyped(null);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }
    current.addEventListener('keydown', onKeyDown);
    current.setAttribute('aria-autocomplete', 'list');
    current.setAttribute('aria-controls', id);
    current.setAttribute('aria-activedescendant', `${id}-${at}`);
    return () => {
      current.removeEventListener('keydown', onKeyDown);
      for (const name of ['autocomplete', 'controls', 'activedescendant'])
        current.removeAttribute(`aria-${name}`);
    };
  }, [field, id, isOpen, people, at, choose]);

  return (
    <>
      <span className="visually-hidden" role="status">
        {isOpen && t('mentionable', { count: people.length })}
      </span>
      {isOpen && (
        <div role="listbox" id={id} aria-label={t('mention')} tabIndex={-1} className={styles.list}>
          {people.map((person, i) => (
            <div
              key={person.id}
              role="option"
              id={`${id}-${i}`}
              tabIndex={-1}
              aria-selected={i === at}
              // The focus stays in the field.
              onPointerDown={(event) => {
                event.preventDefault();
                choose(person);
              }}
            >
              {person.name}
            </div>
          ))}
        </div>
      )}
    </>
  );
}
