'use client';
import { useEffect } from 'react';
import { Problem } from '@/app/_ui/api-client';
import type { Annotation, Kind, Visibility } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { changeNote, getNote, sendGloss, sendReply } from './calls';
import { useGlossing } from './context';
import type { Fields, Purpose } from './draft';
import { Editor } from './editor';
import styles from './editor.module.css';
import { scrollToPassage } from './place';

const VISIBILITIES: Visibility[] = ['group', 'staff', 'private'];

/** The editor of one purpose, joined to what sends it. */
export function NoteEditor({ purpose, kind }: { purpose: Purpose; kind: Kind }) {
  const t = useTranslations('glossing');
  const { state, dispatch, group, edition, assignment, roots, say, openThread } = useGlossing();
  const note = purpose.what === 'edit' ? state.notes.get(purpose.id) : undefined;
  const root = purpose.what === 'gloss' ? undefined : state.notes.get(purpose.root);
  const initial: Fields = note
    ? { body: note.body, kind: note.kind, tags: note.tags, visibility: note.visibility }
    : { body: '', kind, tags: [], visibility: root?.visibility ?? 'group' };

  useEffect(() => {
    if (purpose.what !== 'gloss') return;
    const { section, start, end } = purpose.target;
    const text = roots.get(section);
    if (text && start !== null && end !== null) scrollToPassage(text, { start, end });
  }, [purpose, roots]);

  async function send(fields: Fields): Promise<void> {
    if (!group) throw new Problem(401);
    const saved = await deliver(fields, group.slug);
    dispatch({ type: 'put', note: saved });
    say(t(`saved_${purpose.what}`));
    openThread(saved.root, undefined, saved.id);
  }

  async function deliver(fields: Fields, slug: string): Promise<Annotation> {
    if (purpose.what === 'reply') return sendReply(purpose.to, fields);
    if (purpose.what === 'gloss') {
      const text = roots.get(purpose.target.section) ?? null;
      return sendGloss({ group: slug, edition, assignment }, purpose.target, fields, text);
    }
    const { kind, tags, body, visibility } = fields;
    const isRoot = purpose.id === purpose.root;
    try {
      return await changeNote(note!, isRoot ? { body, kind, tags, visibility } : { body, visibility });
    } catch (problem) {
      // Changed meanwhile: take what it says now, so that sending once more is a decision and not a loop.
      if (problem instanceof Problem && problem.status === 412) {
        dispatch({ type: 'put', note: await getNote(purpose.id) });
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
      <Editor
        purpose={purpose}
        initial={initial}
        visibilities={root && root.id !== note?.id ? narrower(root.visibility) : VISIBILITIES}
        onSend={send}
        onClose={() => dispatch({ type: 'written' })}
      />
    </>
  );
}

/** Whom a reply may be written for: never more than its root. */
function narrower(visibility: Visibility): Visibility[] {
  return VISIBILITIES.slice(VISIBILITIES.indexOf(visibility));
}
