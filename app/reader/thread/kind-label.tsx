import { Icon } from '@/app/_ui/icon';
import type { Kind } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { KIND_ICONS } from '../editor/kind-icons';
import styles from './annotation.module.css';

/** What a note is for, in an icon and a word; nothing of a plain gloss, which most are. */
export function KindLabel({ kind }: { kind: Kind }) {
  const t = useTranslations('annotation');
  if (kind === 'gloss') return null;
  return (
    <span className={styles.kind}>
      <Icon of={KIND_ICONS[kind]} small />
      {t(`kind_${kind}`)}
    </span>
  );
}
