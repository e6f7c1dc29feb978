'use client';
import { ChevronDown, Hash, type IconNode, Users } from 'lucide';
import { type ReactNode, useId } from 'react';
import { Icon } from '@/app/_ui/icon';
import { KINDS } from '@/lib/annotation/constants';
import type { Kind, Visibility } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import type { DraftFields } from '../data/editor-draft';
import styles from './editor-options.module.css';
import { KIND_ICONS } from './kind-icons';
import { TagsField } from './tags-field';

/** What kind of note it is, its tags, and who may see it: one line under the text. */
export function EditorOptions({
  fields: { kind, tags, visibility },
  isReply,
  visibilities,
  tagsError,
  onChange,
}: {
  fields: DraftFields;
  isReply: boolean;
  visibilities: readonly Visibility[];
  tagsError: string | undefined;
  onChange: (part: Partial<DraftFields>) => void;
}) {
  const t = useTranslations('annotation');
  const id = useId();
  return (
    <div className={styles.line}>
      {!isReply && (
        <Option icon={KIND_ICONS[kind]} label={t('kindLabel')}>
          <select
            aria-label={t('kindLabel')}
            value={kind}
            onChange={(event) => onChange({ kind: event.target.value as Kind })}
          >
            {KINDS.filter((known) => known !== 'highlight' || kind === known).map((kind) => (
              <option key={kind} value={kind}>
                {t(`kind_${kind}`)}
              </option>
            ))}
          </select>
        </Option>
      )}
      <Option icon={Users} label={t('visibilityLabel')}>
        <select
          aria-label={t('visibilityLabel')}
          aria-describedby={`${id}-visibility`}
          title={t(`visibilityHint_${visibility}`)}
          value={visibility}
          onChange={(event) => onChange({ visibility: event.target.value as Visibility })}
        >
          {visibilities.map((visibility) => (
            <option key={visibility} value={visibility}>
              {t(`visibility_${visibility}`)}
            </option>
          ))}
        </select>
      </Option>
      <span id={`${id}-visibility`} className={visibility === 'group' ? 'visually-hidden' : styles.who}>
        {t(`visibilityHint_${visibility}`)}
      </span>
      {!isReply && (
        <div className={styles.tags} title={t('tagsLabel')}>
          <Icon of={Hash} small />
          <TagsField tags={tags} error={tagsError} onChange={(tags) => onChange({ tags })} />
        </div>
      )}
    </div>
  );
}

/** A choice that looks like a quiet button. */
function Option({ icon, label, children }: { icon: IconNode; label: string; children: ReactNode }) {
  return (
    <span className={styles.option} title={label}>
      <Icon of={icon} small />
      {children}
      <Icon of={ChevronDown} small />
    </span>
  );
}
