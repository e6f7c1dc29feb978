'use client';
import { Eye, PencilLine, X } from 'lucide';
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { Button, IconButton } from '@/app/_ui/button';
import { isComposing } from '@/app/_ui/composition';
import { focusUnlessTyping } from '@/app/_ui/deferred-focus';
import { lazy } from '@/app/_ui/lazy';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { BODY_LIMIT } from '@/lib/annotation/constants';
import type { Visibility } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { type DraftFields, type DraftOrigin, type EditorTarget, isChangedSince } from '../data/editor-draft';
import styles from './editor.module.css';
import { EditorOptions } from './editor-options';
import { EditorProblem } from './editor-problem';
import { returnFocus } from './return-focus';
import { useEditorDraft } from './use-editor-draft';
import { useRetryOnline } from './use-retry-online';

const KindFields = lazy(() => import('./kind-fields'));
const MentionList = lazy(() => import('./mention-list'));
const Preview = lazy(() => import('./preview'));

/**
 * The form in which Markdown is written: a note, a reply, or a change. What is typed is kept as a draft. The field and the
 * button that saves are in view at every size, and what went wrong stands above the field.
 */
export function EditorForm({
  purpose,
  initial,
  now,
  placeholder,
  head,
  visibilities,
  onSend,
  onClose,
  onReopen,
  children,
}: {
  purpose: EditorTarget;
  initial: DraftFields;
  /** The note that is changed, as it is. */
  now?: DraftOrigin | undefined;
  placeholder: string;
  /** What is written about. */
  head: ReactNode;
  /** Who may be let see it; a reply is never seen by more people than its root. */
  visibilities: readonly Visibility[];
  /** `draft` names the draft, so that it is written once however often it is sent. */
  onSend: (fields: DraftFields, draft: string) => Promise<void>;
  onClose: () => void;
  /** Opens the editor again, with the draft as it is kept. */
  onReopen: () => void;
  children?: ReactNode;
}) {
  const t = useTranslations('annotation');
  const id = useId();
  const { fields, name, from, change, isSaved, remove, restore } = useEditorDraft(purpose, initial, now);
  const { busy, refusal, errorOf, run } = useSubmit(t('problem_network'));
  const [isPreviewing, setPreviewing] = useState(false);
  const [refused, setRefused] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const opener = useRef<Element | null>(null);
  const isTooLong = fields.body.length > BODY_LIMIT;
  const tooLong = t('tooLong', { length: fields.body.length, limit: BODY_LIMIT });

  useEffect(() => {
    opener.current ??= document.activeElement;
    focusUnlessTyping(text.current);
    // Also where a long text, or an error, makes the form higher.
    const observer = new ResizeObserver(() => form.current && keepInView(form.current));
    if (form.current) observer.observe(form.current);
    return () => observer.disconnect();
  }, []);

  const changeBody = useCallback((body: string) => change({ body }), [change]);

  function leave(): void {
    onClose();
    requestAnimationFrame(() => returnFocus(opener.current, purpose));
  }

  function close(): void {
    leave();
    if (isSaved) toast(t('draftKeptClosed'), { label: t('continueDraft'), run: onReopen });
  }

  function discard(): void {
    remove();
    leave();
    toast(t('draftDiscarded'), {
      label: t('undo'),
      run: () => {
        restore();
        onReopen();
      },
    });
  }

  function send(event?: FormEvent): void {
    event?.preventDefault();
    setRefused(isTooLong);
    if (isTooLong) {
      setPreviewing(false);
      text.current?.focus();
      return;
    }
    void run(async () => {
      try {
        await onSend(fields, name);
      } catch (error) {
        setPreviewing(false);
        throw error;
      }
      remove();
      onClose();
    });
  }

  const waits = useRetryOnline(refusal?.status === 0, () => {
    toast(t('retrying'));
    send();
  });

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
  }

  const isReply = purpose.what === 'reply';
  return (
    <form
      ref={form}
      className={styles.composer}
      onSubmit={send}
      onKeyDown={onKeyDown}
      aria-label={t(`editor_${purpose.what}`)}
      noValidate
    >
      <div className={styles.head}>
        {head}
        <IconButton
          icon={isPreviewing ? PencilLine : Eye}
          label={t(isPreviewing ? 'write' : 'preview')}
          small
          aria-pressed={isPreviewing}
          onClick={() => setPreviewing(!isPreviewing)}
        />
        <IconButton icon={X} label={t('closeEditor')} small onClick={close} data-close-editor="" />
      </div>
      <div className={styles.middle}>
        <EditorProblem
          problem={refusal}
          tooLong={refused && isTooLong ? tooLong : null}
          hint={waits ? t('willRetry') : null}
        />
        {now && isChangedSince(from, now) && (
          <details className={styles.hint}>
            <summary>{t('changedSinceDraft')}</summary>
            <blockquote className={styles.quoted} dir="auto">
              {now.fields.body}
            </blockquote>
          </details>
        )}
        {isPreviewing ? (
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
              aria-invalid={errorOf('body') !== undefined || isTooLong}
              aria-describedby={`${id}-hint`}
              placeholder={placeholder}
              // Typing while it is sent would be lost. Not `readOnly`, which would make the space bar scroll the page.
              aria-readonly={busy}
              onChange={(event) => busy || change({ body: event.target.value })}
            />
            {fields.body.includes('@') && (
              <MentionList
                field={text}
                body={fields.body}
                visibility={fields.visibility}
                parent={purpose.what === 'reply' ? purpose.to : purpose.what === 'edit' ? purpose.root : null}
                onChange={changeBody}
              />
            )}
          </>
        )}
        {children}
        {!isReply && (fields.kind === 'variant' || fields.kind === 'source') && (
          <KindFields fields={fields} errorOf={errorOf} onChange={change} waiting={null} />
        )}
        <p id={`${id}-hint`} className={isTooLong ? styles.over : styles.hint}>
          {isTooLong ? tooLong : t('markdownHint')}
        </p>
        <EditorOptions
          fields={fields}
          isReply={isReply}
          visibilities={visibilities}
          tagsError={errorOf('tags')}
          onChange={change}
        />
      </div>
      <div className={styles.foot}>
        <span className={styles.kept} role="status">
          {isSaved === true && t('draftKept')}
          {isSaved === false && t('draftNotKept')}
        </span>
        {isSaved !== null && (
          <Button look="quiet" small onClick={discard}>
            {t('discard')}
          </Button>
        )}
        <Button
          type="submit"
          look="primary"
          busy={busy}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          title="Ctrl+Enter"
        >
          {busy ? t('sending') : refusal?.status === 0 ? t('retry') : t(`send_${purpose.what}`)}
        </Button>
      </div>
    </form>
  );
}

/** Scrolls as little as brings the whole form into view, while somebody writes in it. */
function keepInView(form: HTMLFormElement): void {
  if (form.contains(document.activeElement) && !form.closest('[data-held]'))
    form.scrollIntoView({ block: 'nearest', behavior: 'instant' });
}
