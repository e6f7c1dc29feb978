'use client';
import { X } from 'lucide';
import { useEffect, useRef } from 'react';
import { Problem, toProblem } from '@/app/_ui/api-client';
import { IconButton } from '@/app/_ui/button';
import { lazy } from '@/app/_ui/lazy';
import { toast } from '@/app/_ui/toast';
import { VISIBILITIES } from '@/lib/annotation/constants';
import type { Annotation, Kind, Visibility } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { canInGroup } from '@/lib/policy';
import {
  acceptsTargets,
  type DraftFields,
  type EditorTarget,
  type GlossTarget,
  partsToSend,
  textTargetsOf,
} from '../data/editor-draft';
import { createGloss, createReply, updateAnnotation } from '../data/mutations';
import { refreshAssignments } from '../state/load-assignments';
import { openThread } from '../state/navigation';
import { useOnChanged } from '../state/use-mutation';
import { useReader, useReaderStore } from '../state/use-reader';
import { scrollToPassage } from '../text/layout';
import styles from './editor.module.css';
import { EditorForm } from './editor-form';

const RegionTargetPreview = lazy(() => import('./region-target-preview'));

/** The editor of one target, joined to what sends it. */
export default function Editor({ purpose, kind }: { purpose: EditorTarget; kind: Kind }) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const onChanged = useOnChanged();
  const edited = useReader(({ annotations }) =>
    purpose.what === 'edit' ? annotations.get(purpose.id) : undefined,
  );
  const root = useReader(({ annotations }) =>
    purpose.what === 'gloss' ? undefined : annotations.get(purpose.root),
  );
  const parentId = purpose.what === 'reply' ? purpose.to : edited?.parent;
  const parent = useReader(({ annotations }) => (parentId ? annotations.get(parentId) : undefined));
  // Below a private word a reply is one too, at most.
  const widest = parent?.visibility === 'author' ? 'author' : (root?.visibility ?? 'group');
  const initial: DraftFields = edited
    ? fieldsOf(edited)
    : { body: '', kind, tags: [], visibility: visibilityOfNew() };
  const isReply = root !== undefined && root.id !== edited?.id;

  /** Where students do not see each other's notes, an answer by staff is offered as a private word. */
  function visibilityOfNew(): Visibility {
    const { group, assignments } = store.getState();
    const assignment = assignments.find(({ id }) => id === root?.assignment);
    const isApart =
      assignment?.mode === 'staff-only' ||
      (assignment?.mode === 'blind-until' &&
        !(assignment.reveal && new Date(assignment.reveal) <= new Date()));
    if (isApart && canInGroup(group?.role ?? null, 'moderate')) return 'author';
    return widest;
  }

  useEffect(() => {
    if (purpose.what !== 'gloss') return;
    const { section, start, end } = purpose.target;
    const container = store.getState().containers.get(section);
    if (container && start !== null && end !== null) scrollToPassage(container, { start, end });
  }, [purpose, store]);

  // The answer may come when the editor is closed and the writer is at something else.
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);

  async function send(fields: DraftFields, draft: string): Promise<void> {
    try {
      const saved = await save(fields, draft);
      toast(t(`saved_${purpose.what}`));
      void refreshAssignments(store).catch(() => {});
      if (isOpen.current) openThread(store, saved.root, undefined, saved.id);
    } catch (error) {
      const problem = toProblem(error);
      if (!isOpen.current) toast(problem.detail || t('problem_network'));
      // The form says more simply than the API what to do: the editor shows what the annotation says now.
      throw problem.status === 412 ? new Problem(412, { detail: t('problem_stale') }) : problem;
    }
  }

  async function save(fields: DraftFields, draft: string): Promise<Annotation> {
    const { group, edition, assignment, containers } = store.getState();
    if (!group) throw new Problem(401);
    if (purpose.what === 'reply') return createReply(purpose.to, fields, onChanged, draft);
    if (purpose.what === 'gloss') {
      const scope = { group: group.slug, edition, assignment };
      const targets = textTargetsOf(purpose);
      return createGloss(scope, targets, purpose.drawn, fields, containers, onChanged, draft);
    }
    const { kind, tags, body, visibility } = fields;
    const words = { body, kind, tags, visibility, ...partsToSend(fields) };
    const change = purpose.id === purpose.root ? words : { body, visibility };
    return updateAnnotation(edited!, change, onChanged);
  }

  const answered = useReader(({ annotations }) =>
    purpose.what === 'reply' ? annotations.get(purpose.to) : undefined,
  );
  const about = purpose.what === 'gloss' ? purpose.target.exact : (answered ?? edited)?.exact;
  const placeholder = answered
    ? t('bodyPlaceholder_reply', { name: answered.author.name })
    : t(
        purpose.what === 'gloss' && about === '' && !purpose.drawn
          ? 'bodyPlaceholder_section'
          : 'bodyPlaceholder',
      );
  const head = answered
    ? t('inReplyTo', { name: answered.author.name })
    : about || (purpose.what === 'gloss' && purpose.drawn ? t('editor_gloss') : t('wholeSection'));
  return (
    <EditorForm
      purpose={purpose}
      initial={initial}
      now={edited && { version: edited.version, fields: initial }}
      placeholder={placeholder}
      head={
        <span className={answered ? styles.about : styles.quoted} dir="auto">
          {head}
        </span>
      }
      visibilities={visibilitiesUpTo(isReply ? widest : 'group').filter(
        (visibility) => isReply || visibility !== 'author',
      )}
      onSend={send}
      onClose={() => isOpen.current && store.dispatch({ type: 'closeEditor' })}
      onReopen={() => store.dispatch({ type: 'openEditor', purpose, kind: initial.kind })}
    >
      {purpose.what === 'gloss' && purpose.drawn && <RegionTargetPreview purpose={purpose} kind={kind} />}
      {purpose.what === 'gloss' && <FurtherTargets purpose={purpose} kind={kind} />}
    </EditorForm>
  );
}

/** What a note says, as the fields of its editor. */
function fieldsOf({ body, kind, tags, visibility, reading, citation }: Annotation): DraftFields {
  const words = { body, kind, tags, visibility };
  return {
    ...words,
    reading: reading ?? '',
    citation: citation?.text ?? '',
    address: citation?.address ?? '',
  };
}

/** The passages that were added to a note while it is written, each with a button to take it out again. */
function FurtherTargets({ purpose, kind }: { purpose: GlossTarget; kind: Kind }) {
  const t = useTranslations('annotation');
  const { dispatch } = useReaderStore();
  const { more = [] } = purpose;
  if (!acceptsTargets(purpose)) return null;
  return (
    <>
      {more.map((target) => (
        <div key={`${target.section} ${target.start}-${target.end}`} className={styles.further}>
          <blockquote className={styles.quoted} dir="auto">
            {target.exact}
          </blockquote>
          <IconButton
            icon={X}
            small
            label={t('removePassage', { words: target.exact.slice(0, 80) })}
            onClick={() => {
              const rest = more.filter((other) => other !== target);
              dispatch({ type: 'openEditor', purpose: { ...purpose, more: rest }, kind });
            }}
          />
        </div>
      ))}
      <p className={styles.hint}>{t('morePassagesHint')}</p>
    </>
  );
}

/** The visibilities that show no more than `widest`, the widest first. */
function visibilitiesUpTo(widest: Visibility): Visibility[] {
  return VISIBILITIES.slice(0, VISIBILITIES.indexOf(widest) + 1).reverse();
}
