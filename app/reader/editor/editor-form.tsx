'use client';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { focusUnlessTyping } from '@/app/_ui/deferred-focus';
import { lazy } from '@/app/_ui/lazy';
import { useSubmit } from '@/app/_ui/use-submit';
import { KINDS } from '@/lib/annotation/constants';
import type { Kind, Visibility } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import type { DraftFields, EditorTarget } from '../data/editor-draft';
import styles from './editor.module.css';
import { EditorProblem } from './editor-problem';
import { TagsField } from './tags-field';
import { useEditorDraft } from './use-editor-draft';

const Preview = lazy(() => import('./preview'));

/** The form in which Markdown is written: a gloss, a reply, or a change. What is typed is kept as a draft. */
export function EditorForm({
  purpose,
  initial,
  visibilities,
  onSend,
  onClose,
}: {
  purpose: EditorTarget;
  initial: DraftFields;
  /** Who may be let see it; a reply is never seen by more people than its root. */
  visibilities: readonly Visibility[];
  onSend: (fields: DraftFields) => Promise<void>;
  onClose: () => void;
}) {
  const t = useTranslations('annotation');
  const id = useId();
  const { fields, change, isSaved, remove } = useEditorDraft(purpose, initial);
  const { busy, refusal, errorOf, run } = useSubmit(t('problem_network'));
  const [previewing, setPreviewing] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const opener = useRef<Element | null>(null);

  useEffect(() => {
    opener.current ??= document.activeElement;
    focusUnlessTyping(text.current);
  }, []);

  function close(): void {
    onClose();
    requestAnimationFrame(() => returnFocus(opener.current, purpose));
  }

  function send(event?: FormEvent): void {
    event?.preventDefault();
    void run(async () => {
      try {
        await onSend(fields);
      } catch (error) {
        setPreviewing(false);
        throw error;
      }
      remove();
      onClose();
    });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
  }

  const isReply = purpose.what === 'reply';
  return (
    <form
      className={styles.editor}
      onSubmit={send}
      onKeyDown={onKeyDown}
      aria-label={t(`editor_${purpose.what}`)}
      noValidate
    >
      <div className={styles.tabs}>
        <button type="button" aria-pressed={!previewing} onClick={() => setPreviewing(false)}>
          {t('write')}
        </button>
        <button type="button" aria-pressed={previewing} onClick={() => setPreviewing(true)}>
          {t('preview')}
        </button>
      </div>
      {previewing ? (
        <Preview body={fields.body} waiting={<p className={styles.hint}>{t('loading')}</p>} />
      ) : (
        <>
          <label className="visually-hidden" htmlFor={`${id}-body`}>
            {t('bodyLabel')}
          </label>
          <textarea
            dir="auto"
            ref={text}
            id={`${id}-body`}
            value={fields.body}
            rows={isReply ? 3 : 5}
            aria-invalid={errorOf('body') !== undefined}
            aria-describedby={`${id}-hint`}
            placeholder={t('bodyPlaceholder')}
            // Typing while it is sent would be lost. Not `readOnly`, which would make the space bar scroll the page.
            aria-readonly={busy}
            onChange={(event) => busy || change({ body: event.target.value })}
          />
          {errorOf('body') && <p className={styles.error}>{errorOf('body')}</p>}
          <p id={`${id}-hint`} className={styles.hint}>
            {t('markdownHint')} {isSaved === true && t('draftKept')} {isSaved === false && t('draftNotKept')}
          </p>
        </>
      )}
      {!isReply && (
        <label className={styles.field}>
          {t('kindLabel')}
          <select value={fields.kind} onChange={(event) => change({ kind: event.target.value as Kind })}>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kind_${kind}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      {!isReply && (
        <TagsField tags={fields.tags} error={errorOf('tags')} onChange={(tags) => change({ tags })} />
      )}
      <label className={styles.field}>
        {t('visibilityLabel')}
        <select
          value={fields.visibility}
          aria-describedby={`${id}-visibility`}
          onChange={(event) => change({ visibility: event.target.value as Visibility })}
        >
          {visibilities.map((visibility) => (
            <option key={visibility} value={visibility}>
              {t(`visibility_${visibility}`)}
            </option>
          ))}
        </select>
      </label>
      <p id={`${id}-visibility`} className={styles.hint}>
        {t(`visibilityHint_${fields.visibility}`)}
      </p>
      <EditorProblem problem={refusal} />
      <div className={styles.buttons}>
        <button
          type="submit"
          className={styles.primary}
          aria-disabled={busy}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          {busy ? t('sending') : refusal?.status === 0 ? t('retry') : t(`send_${purpose.what}`)}
        </button>
        <button type="button" onClick={close}>
          {t('close')}
        </button>
        {isSaved !== null && (
          <button
            type="button"
            onClick={() => {
              remove();
              close();
            }}
          >
            {t('discard')}
          </button>
        )}
      </div>
    </form>
  );
}

/** Gives the focus back to the opener; where that is gone, to the annotation or the button for selecting by keyboard. */
function returnFocus(opener: Element | null, purpose: EditorTarget): void {
  const id = purpose.what === 'edit' ? purpose.id : purpose.what === 'reply' ? purpose.to : null;
  const near = document.querySelector<HTMLElement>(
    id ? `[data-note="${id}"]` : '[aria-keyshortcuts="Alt+K"]',
  );
  const back = opener?.isConnected && opener !== document.body ? (opener as HTMLElement) : near;
  back?.focus({ preventScroll: true });
}
