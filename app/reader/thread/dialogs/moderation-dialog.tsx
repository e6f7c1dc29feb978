'use client';
import { useEffect, useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Choice, Field } from '@/app/_ui/field';
import { toast } from '@/app/_ui/toast';
import type { Annotation } from '@/lib/annotation/schema';
import type { DecisionReason } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';
import { moderate } from '../../data/mutations';
import { openThread } from '../../state/navigation';
import { useOnChanged } from '../../state/use-mutation';
import { useReaderStore } from '../../state/use-reader';
import { ReasonDialog } from './reason-dialog';

type Action = 'hide' | 'restore' | 'deny' | 'revise' | 'refuse-appeal' | 'move' | 'merge' | 'split';

/** Decisions that their author reads a reason of; those are the ones for which a group has reasons. */
const REASONED: ReadonlySet<Action> = new Set<Action>(['hide', 'deny', 'revise', 'refuse-appeal']);
/** An id in an address of a note: its short link, its IRI, or a page with its thread open. */
const NOTE_ID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

/**
 * Decides on an annotation with the reason that its author and the log show, the group's own or other words; or puts it elsewhere, by
 * the address of what it answers or goes into.
 */
export default function ModerationDialog({
  annotation,
  action,
  onClose,
}: {
  annotation: Annotation;
  action: Action;
  onClose: () => void;
}) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const onChanged = useOnChanged();
  const [reasons, setReasons] = useState<DecisionReason[]>([]);
  const [rule, setRule] = useState('');
  const [address, setAddress] = useState('');
  const isReasoned = REASONED.has(action);
  const isPlaced = action === 'move' || action === 'merge';

  useEffect(() => {
    // Without them the dialog asks for words, as in a group that has no reasons.
    if (isReasoned)
      api('GET /groups/:group', { param: { group: annotation.group } }).then(
        (group) => setReasons(group.reasons),
        () => setReasons([]),
      );
  }, [annotation.group, isReasoned]);

  async function send(reason: string): Promise<void> {
    const to = isPlaced ? [...address.matchAll(NOTE_ID)].at(-1)?.[0] : undefined;
    const changed = await moderate(annotation, action, reason, onChanged, { rule: rule || undefined, to });
    toast(t('moderationDone', { action: t(action) }));
    if (changed.root !== annotation.root) openThread(store, changed.root, undefined, changed.id);
  }

  return (
    <ReasonDialog
      title={t(`${action}Title`, { name: annotation.author.name })}
      hint={t(action === 'move' ? 'moveReplyHint' : `${action}Hint`)}
      label={t('reasonLabel')}
      required={isReasoned && rule === ''}
      sendLabel={t(action)}
      onSend={send}
      onClose={onClose}
    >
      {reasons.length > 0 && (
        <Choice label={t('rule')} value={rule} onChange={({ currentTarget }) => setRule(currentTarget.value)}>
          <option value="">{t('ruleNone')}</option>
          {reasons.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Choice>
      )}
      {isPlaced && (
        <Field
          label={t(`${action}To`)}
          hint={t('toHint')}
          value={address}
          onChange={({ currentTarget }) => setAddress(currentTarget.value)}
          required
          autoComplete="off"
        />
      )}
    </ReasonDialog>
  );
}
