'use client';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Check } from '@/app/_ui/field';
import { useTranslations } from '@/lib/i18n/client';
import styles from './settings/reading-list-form.module.css';

type Props = { edition: string; marked: string[]; onMark: (sections: string[]) => void };
type Contents = { id: string; title: string }[] | 'failed' | null;

/** The sections of an edition, of which some can be marked out; they are loaded when they are opened. */
export function SectionMarks({ edition, marked, onMark }: Props) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const [contents, setContents] = useState<Contents>(null);

  async function load(): Promise<void> {
    if (Array.isArray(contents)) return;
    try {
      const { sections } = await api('GET /editions/:edition', { query: {}, param: { edition } });
      setContents(sections.map(({ id, title }) => ({ id, title })));
    } catch {
      setContents('failed');
    }
  }

  return (
    <details onToggle={(event) => event.currentTarget.open && void load()}>
      <summary>
        {marked.length === 0 ? t('reading.allSections') : t('reading.markedCount', { count: marked.length })}
      </summary>
      {contents === 'failed' && <p role="alert">{common('failed')}</p>}
      {Array.isArray(contents) && (
        <ul className={styles.sections}>
          {contents.map(({ id, title }) => (
            <li key={id}>
              <Check
                label={<span dir="auto">{title}</span>}
                checked={marked.includes(id)}
                onChange={({ currentTarget: { checked } }) => {
                  const wanted = new Set(marked);
                  if (checked) wanted.add(id);
                  else wanted.delete(id);
                  // In the order of the text; what is in it no more is left out.
                  onMark(contents.map((section) => section.id).filter((section) => wanted.has(section)));
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
