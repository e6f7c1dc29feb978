'use client';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { copyText } from '../../_ui/clipboard';
import { acceptsTargets, type EditorTarget, textTargetsOf } from '../data/editor-draft';
import { useReader } from '../state/context';
import type { MoveRequest } from '../state/store';
import { useResolveAnchor } from '../state/use-resolve-anchor';
import { citationOf } from '../text/citation-link';
import { blocksOf } from '../text/text-position';
import styles from './overlay.module.css';
import type { TextSelection } from './use-selection';

/** What can be done with chosen words. One stop for the Tab key; arrows go from button to button. */
export function PassageActions({ chosen, onDone }: { chosen: TextSelection; onDone: () => void }) {
  const t = useTranslations('annotation');
  const { state, revision, dispatch, desk, say, openThread } = useReader();
  const settle = useResolveAnchor();
  const { editor } = state;
  const moving = state.moving?.isDrawn ? null : state.moving;
  const bar = useRef<HTMLDivElement>(null);

  function write(kind: 'gloss' | 'question'): void {
    const { section, start, end, exact } = chosen;
    dispatch({ type: 'write', purpose: { what: 'gloss', target: { section, start, end, exact } }, kind });
    onDone();
  }

  /** The gloss that is being written, if it can take these words beside what it stands on. */
  const purpose = editor && acceptsTargets(editor.purpose) && editor.purpose;
  const isThere =
    purpose &&
    textTargetsOf(purpose).some(
      ({ section, start, end }) => section === chosen.section && start === chosen.start && end === chosen.end,
    );

  function add(to: EditorTarget & { what: 'gloss' }): void {
    const { section, start, end, exact } = chosen;
    const more = [...(to.more ?? []), { section, start, end, exact }];
    dispatch({ type: 'write', purpose: { ...to, more }, kind: editor?.kind });
    say(t('passageAdded', { count: textTargetsOf({ ...to, more }).length }));
    onDone();
  }

  async function move({ note, passage }: MoveRequest): Promise<void> {
    const { start, end } = chosen;
    const settled = await settle(note, { action: 'move', passage, start, end, revision });
    if (!settled) return;
    onDone();
    dispatch({ type: 'moved' });
    openThread(settled.root, undefined, settled.id);
  }

  function address(): string {
    const citation = citationOf(blocksOf(chosen.root), chosen);
    const url = new URL(`/editions/${chosen.root.dataset.edition}/${chosen.section}`, window.location.origin);
    if (!citation) return url.href;
    // The offsets of a citation are read on the page that shows the text.
    if (!window.location.pathname.endsWith(`/${chosen.section}`)) url.pathname = window.location.pathname;
    url.searchParams.set('c', citation);
    url.hash = citation.split('@')[0]!;
    return url.href;
  }

  async function copy(text: string, done: 'linkCopied' | 'quotationCopied'): Promise<void> {
    say(t((await copyText(text)) ? done : 'copyFailed'));
    onDone();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const buttons = [...(bar.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || at === -1) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  }

  if (moving && moving.note.passages[moving.passage]?.section !== chosen.section)
    return <p className={styles.actions}>{t('moveElsewhere')}</p>;
  const others = [
    ...(desk && purpose && !isThere ? [{ label: t('addPassage'), act: () => add(purpose) }] : []),
    ...(desk ? [{ label: t('gloss'), act: () => write('gloss') }] : []),
    ...(desk ? [{ label: t('question'), act: () => write('question') }] : []),
    { label: t('copyLink'), act: () => copy(address(), 'linkCopied') },
    { label: t('copyQuotation'), act: () => copy(`“${chosen.exact}”\n${address()}`, 'quotationCopied') },
  ];
  const actions = moving ? [{ label: t('moveHere'), act: () => move(moving) }] : others;
  return (
    <div
      ref={bar}
      className={styles.actions}
      role="toolbar"
      aria-label={t('toolbarLabel')}
      onKeyDown={onKeyDown}
    >
      {actions.map(({ label, act }, i) => (
        <button
          key={label}
          type="button"
          tabIndex={i === 0 ? 0 : -1}
          // A press must not take the selection away before the click.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => void act()}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
