'use client';
import { type KeyboardEvent, useRef, useState } from 'react';
import { copyText } from '@/app/_ui/clipboard';
import { toast } from '@/app/_ui/toast';
import { useTranslations } from '@/lib/i18n/client';
import { acceptsTargets, type GlossTarget, textTargetsOf } from '../data/editor-draft';
import { keepLinkStart, type LinkStart, readLinkStart } from '../data/link-start';
import { createGloss } from '../data/mutations';
import { openThread } from '../state/navigation';
import type { MoveRequest } from '../state/reducer';
import { useMutation, useResolveAnchor } from '../state/use-mutation';
import { useReader, useReaderStore } from '../state/use-reader';
import { citationOf, referenceOf } from '../text/citation-link';
import type { TextSelection } from '../text/selection';
import { blocksOf } from '../text/text-position';
import styles from './overlay.module.css';

/** What can be done with selected words. One stop for the Tab key; arrows go from button to button. */
export function PassageActions({ selection, onDone }: { selection: TextSelection; onDone: () => void }) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const editor = useReader((state) => state.editor);
  const move = useReader((state) => (state.move?.isRegion ? null : state.move));
  const canWrite = useReader(({ draftScope }) => draftScope !== null);
  const isReader = useReader(({ me, group, draftScope }) => Boolean(me && group) && draftScope === null);
  const resolveAnchor = useResolveAnchor();
  const run = useMutation();
  const [linkStart] = useState(readLinkStart);
  const bar = useRef<HTMLDivElement>(null);
  const { section, start, end, exact } = selection;
  const target = { section, start, end, exact };
  const edition = store.getState().edition;

  function write(kind: 'gloss' | 'question'): void {
    store.dispatch({ type: 'openEditor', purpose: { what: 'gloss', target }, kind });
    onDone();
  }

  /** The gloss that is being written, where it can take these words as a further passage. */
  const written = editor && acceptsTargets(editor.purpose) ? editor.purpose : null;
  const hasPassage =
    written &&
    textTargetsOf(written).some(
      (other) => other.section === section && other.start === start && other.end === end,
    );

  function addTo(purpose: GlossTarget): void {
    const extended = { ...purpose, more: [...(purpose.more ?? []), target] };
    store.dispatch({ type: 'openEditor', purpose: extended, kind: editor?.kind });
    toast(t('passageAdded', { count: textTargetsOf(extended).length }));
    onDone();
  }

  /** A link of these words and on those that were kept for a link, on another page. */
  function linkWith({ text: _, ...far }: LinkStart): void {
    const { edition: other, ...place } = far;
    const more = [other === edition ? place : far];
    keepLinkStart(null);
    store.dispatch({ type: 'openEditor', purpose: { what: 'gloss', target, more }, kind: 'link' });
    onDone();
  }

  function beginLink(): void {
    keepLinkStart({ ...target, edition, text: exact.slice(0, 40) });
    toast(t('linkBegun'));
    onDone();
  }

  async function highlight(): Promise<void> {
    const { group, assignment, containers } = store.getState();
    if (!group) return;
    const scope = { group: group.slug, edition, assignment };
    const fields = { body: '', kind: 'highlight', tags: [], visibility: 'private' } as const;
    onDone();
    await run(
      (onChanged) => createGloss(scope, [target], undefined, { ...fields, tags: [] }, containers, onChanged),
      t('highlighted'),
    );
  }

  async function moveHere({ annotation, position }: MoveRequest): Promise<void> {
    const { revision } = store.getState();
    const decision = { action: 'move', passage: position, start, end, revision } as const;
    const moved = await resolveAnchor(annotation, decision);
    if (!moved) return;
    onDone();
    store.dispatch({ type: 'cancelMove' });
    openThread(store, moved.root, undefined, moved.id);
  }

  async function copy(text: string, done: 'linkCopied' | 'quotationCopied'): Promise<void> {
    toast(t((await copyText(text)) ? done : 'copyFailed'));
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

  if (move && move.annotation.passages[move.position]?.section !== section)
    return <p className={styles.actions}>{t('moveElsewhere')}</p>;
  const isFar = linkStart && (linkStart.edition !== edition || linkStart.section !== section);
  const farStart = isFar ? linkStart : null;
  const url = linkTo(selection);
  const reference = referenceOf(blocksOf(selection.container), { start, end });
  const quotation = `“${exact}”${reference === null ? '' : ` (${reference})`}`;
  const actions = move
    ? [{ label: t('moveHere'), run: () => moveHere(move) }]
    : [
        ...(canWrite && written && !hasPassage
          ? [{ label: t('addPassage'), run: () => addTo(written) }]
          : []),
        ...(canWrite ? [{ label: t('gloss'), run: () => write('gloss') }] : []),
        ...(canWrite ? [{ label: t('question'), run: () => write('question') }] : []),
        ...(canWrite ? [{ label: t('highlight'), run: highlight }] : []),
        ...(canWrite && farStart
          ? [{ label: t('linkWith', { words: farStart.text }), run: () => linkWith(farStart) }]
          : []),
        ...(canWrite ? [{ label: t('beginLink'), run: beginLink }] : []),
        { label: t('copyLink'), run: () => copy(url, 'linkCopied') },
        { label: t('copyQuotation'), run: () => copy(`${quotation}\n${url}`, 'quotationCopied') },
      ];
  return (
    <div
      ref={bar}
      className={styles.actions}
      role="toolbar"
      aria-label={t('toolbarLabel')}
      onKeyDown={onKeyDown}
    >
      {actions.map(({ label, run }, i) => (
        <button
          key={label}
          type="button"
          tabIndex={i === 0 ? 0 : -1}
          // A press must not take the selection away before the click.
          data-main={i === 0 && (canWrite || move) ? '' : undefined}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => void run()}
        >
          {label}
        </button>
      ))}
      {isReader && <p className={styles.why}>{t('readerOnly')}</p>}
    </div>
  );
}

/** The address of selected words. */
function linkTo({ container, section, start, end }: TextSelection): string {
  const citation = citationOf(blocksOf(container), { start, end });
  const url = new URL(`/editions/${container.dataset.edition}/${section}`, window.location.origin);
  if (!citation) return url.href;
  // A citation's offsets are resolved by the page that shows the text: a note's are on the page of its section.
  if (!window.location.pathname.endsWith(`/${section}`)) url.pathname = window.location.pathname;
  url.searchParams.set('c', citation);
  url.hash = citation.split('@')[0]!;
  return url.href;
}
