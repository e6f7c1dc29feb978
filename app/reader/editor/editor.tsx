'use client';
import { useEffect, useRef } from 'react';
import { Problem } from '@/app/_ui/api-client';
import { lazy } from '@/app/_ui/lazy';
import type { Annotation, Kind, Visibility } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { createGloss, createReply, fetchAnnotation, updateAnnotation } from '../data/api';
import { acceptsTargets, type DraftFields, type EditorTarget, textTargetsOf } from '../data/editor-draft';
import { useReader } from '../state/context';
import { scrollToPassage } from '../text/layout';
import styles from './editor.module.css';
import { EditorForm } from './editor-form';

const DrawnTarget = lazy(() => import('@/app/reader/editor/region-target-preview'));

const VISIBILITIES: Visibility[] = ['group', 'staff', 'private'];

/** The editor of one purpose, joined to what sends it. */
export default function Editor({ purpose, kind }: { purpose: EditorTarget; kind: Kind }) {
  const t = useTranslations('annotation');
  const { state, dispatch, group, edition, assignment, roots, say, openThread } = useReader();
  const note = purpose.what === 'edit' ? state.texts.get(purpose.id) : undefined;
  const root = purpose.what === 'gloss' ? undefined : state.texts.get(purpose.root);
  const initial: DraftFields = note
    ? { body: note.body, kind: note.kind, tags: note.tags, visibility: note.visibility }
    : { body: '', kind, tags: [], visibility: root?.visibility ?? 'group' };

  useEffect(() => {
    if (purpose.what !== 'gloss') return;
    const { section, start, end } = purpose.target;
    const text = roots.get(section);
    if (text && start !== null && end !== null) scrollToPassage(text, { start, end });
  }, [purpose, roots]);

  // The answer may come when the writer is at something else.
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);

  async function send(fields: DraftFields): Promise<void> {
    if (!group) throw new Problem(401);
    try {
      const saved = await deliver(fields, group.slug);
      dispatch({ type: 'put', note: saved });
      say(t(`saved_${purpose.what}`));
      if (isOpen.current) openThread(saved.root, undefined, saved.id);
    } catch (problem) {
      if (!isOpen.current) say((problem instanceof Problem && problem.detail) || t('problem_network'));
      throw problem;
    }
  }

  async function deliver(fields: DraftFields, slug: string): Promise<Annotation> {
    if (purpose.what === 'reply') return createReply(purpose.to, fields);
    if (purpose.what === 'gloss') {
      return createGloss(
        { group: slug, edition, assignment },
        textTargetsOf(purpose),
        purpose.drawn,
        fields,
        roots,
      );
    }
    const { kind, tags, body, visibility } = fields;
    const isRoot = purpose.id === purpose.root;
    try {
      return await updateAnnotation(note!, isRoot ? { body, kind, tags, visibility } : { body, visibility });
    } catch (problem) {
      // Changed meanwhile: take what it says now, so that sending once more is a decision and not a loop.
      if (problem instanceof Problem && problem.status === 412) {
        dispatch({ type: 'put', note: await fetchAnnotation(purpose.id) });
        throw new Problem(412, { detail: t('problem_stale') });
      }
      throw problem;
    }
  }

  return (
    <>
      {purpose.what === 'gloss' && purpose.target.exact !== '' && (
        <blockquote className={styles.quoted}>{purpose.target.exact}</blockquote>
      )}
      {purpose.what === 'gloss' && purpose.drawn && <DrawnTarget purpose={purpose} kind={kind} />}
      {purpose.what === 'gloss' && <FurtherTargets purpose={purpose} kind={kind} />}
      <EditorForm
        purpose={purpose}
        initial={initial}
        visibilities={root && root.id !== note?.id ? narrower(root.visibility) : VISIBILITIES}
        onSend={send}
        onClose={() => isOpen.current && dispatch({ type: 'written' })}
      />
    </>
  );
}

/** The passages that were added to a gloss while it is written, each with a way to take it out again. */
function FurtherTargets({ purpose, kind }: { purpose: EditorTarget & { what: 'gloss' }; kind: Kind }) {
  const t = useTranslations('annotation');
  const { dispatch } = useReader();
  const { more = [] } = purpose;
  if (!acceptsTargets(purpose)) return null;
  return (
    <>
      {more.map((further) => (
        <div key={`${further.section} ${further.start}-${further.end}`} className={styles.further}>
          <blockquote className={styles.quoted}>{further.exact}</blockquote>
          <button
            type="button"
            aria-label={t('removePassage', { words: further.exact.slice(0, 80) })}
            onClick={() => {
              const left = more.filter((other) => other !== further);
              dispatch({ type: 'write', purpose: { ...purpose, more: left }, kind });
            }}
          >
            <span aria-hidden="true">×</span>
          </button>
        </div>
      ))}
      <p className={styles.hint}>{t('morePassagesHint')}</p>
    </>
  );
}

/** Whom a reply may be written for: never more than its root. */
function narrower(visibility: Visibility): Visibility[] {
  return VISIBILITIES.slice(VISIBILITIES.indexOf(visibility));
}
