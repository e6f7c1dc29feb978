'use client';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Problem } from '@/app/_ui/api-client';
import { lazy } from '@/app/_ui/lazy';
import type { Kind, Visibility } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { focusUnlessTyping } from '../../_ui/deferred-focus';
import type { DraftFields, EditorTarget } from '../data/editor-draft';
import styles from './editor.module.css';
import { EditorProblem, fieldErrors } from './editor-problem';
import { TagsField } from './tags-field';
import { useEditorDraft } from './use-editor-draft';

const Preview = lazy(() => import('./preview'));

const KINDS: Kind[] = ['gloss', 'question', 'variant', 'translation', 'source', 'link'];

/** Where Markdown is written: a gloss, a reply, or a change. What is typed is never lost. */
export function EditorForm({
  purpose,
  initial,
  visibilities,
  onSend,
  onClose,
}: {
  purpose: EditorTarget;
  initial: DraftFields;
  /** Whom it may be written for; a reply is never seen by more than its root. */
  visibilities: readonly Visibility[];
  onSend: (fields: DraftFields) => Promise<void>;
  onClose: () => void;
}) {
  const t = useTranslations('annotation');
  const id = useId();
  const { fields, change, kept, drop } = useEditorDraft(purpose, initial);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sending, setSending] = useState(false);
  const [previewing, setPreviewing] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const errors = fieldErrors(problem);

  const opener = useRef<Element | null>(null);

  useEffect(() => {
    opener.current ??= document.activeElement;
    focusUnlessTyping(text.current);
  }, []);

  function close(): void {
    onClose();
    requestAnimationFrame(() => returnFocus(opener.current, purpose));
  }

  async function send(event?: FormEvent): Promise<void> {
    event?.preventDefault();
    if (sending) return;
    setSending(true);
    setProblem(null);
    try {
      await onSend(fields);
      drop();
      onClose();
    } catch (caught) {
      setProblem(caught instanceof Problem ? caught : new Problem(0));
      setPreviewing(false);
      setSending(false);
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
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
            ref={text}
            id={`${id}-body`}
            value={fields.body}
            rows={isReply ? 3 : 5}
            aria-invalid={errors.body !== undefined}
            aria-describedby={`${id}-hint`}
            placeholder={t('bodyPlaceholder')}
            // What was typed while it is sent would be lost; a field that is read only would scroll the page by the space bar.
            aria-readonly={sending}
            onChange={(event) => sending || change({ body: event.target.value })}
          />
          {errors.body && <p className={styles.error}>{errors.body}</p>}
          <p id={`${id}-hint`} className={styles.hint}>
            {t('markdownHint')} {kept === true && t('draftKept')} {kept === false && t('draftNotKept')}
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
      {!isReply && <TagsField tags={fields.tags} error={errors.tags} onChange={(tags) => change({ tags })} />}
      <label className={styles.field}>
        {t('visibilityLabel')}
        <select
          value={fields.visibility}
          aria-describedby={`${id}-who`}
          onChange={(event) => change({ visibility: event.target.value as Visibility })}
        >
          {visibilities.map((visibility) => (
            <option key={visibility} value={visibility}>
              {t(`visibility_${visibility}`)}
            </option>
          ))}
        </select>
      </label>
      <p id={`${id}-who`} className={styles.hint}>
        {t(`visibilityHint_${fields.visibility}`)}
      </p>
      <EditorProblem problem={problem} />
      <div className={styles.buttons}>
        <button
          type="submit"
          className={styles.primary}
          aria-disabled={sending}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          {sending ? t('sending') : problem && problem.status === 0 ? t('retry') : t(`send_${purpose.what}`)}
        </button>
        <button type="button" onClick={close}>
          {t('close')}
        </button>
        {kept !== null && (
          <button
            type="button"
            onClick={() => {
              drop();
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

/** Put the focus where it came from; where that is gone, on the note, or on the way to choosing by keyboard. */
function returnFocus(opener: Element | null, purpose: EditorTarget): void {
  const id = purpose.what === 'edit' ? purpose.id : purpose.what === 'reply' ? purpose.to : null;
  const near = document.querySelector<HTMLElement>(
    id ? `[data-note="${id}"]` : '[aria-keyshortcuts="Alt+K"]',
  );
  const back = opener?.isConnected && opener !== document.body ? (opener as HTMLElement) : near;
  back?.focus({ preventScroll: true });
}
