'use client';
import { Copy, Download, Lock } from 'lucide';
import { useEffect, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { StateLabel } from '../_ui/badge';
import { Button, ButtonLink } from '../_ui/button';
import { readSetting, writeSetting } from '../_ui/stored-setting';
import { RelativeTime } from '../_ui/time';
import { CopyDialog } from './copy-dialog';
import styles from './notebook.module.css';

export type NotebookNote = {
  id: string;
  group: string;
  /** The words that it is on; null for a whole section or an image. */
  passage: string | null;
  /** Its text, sanitised by lib/markdown. */
  html: string;
  kind: string;
  where: string;
  created: string;
  tags: string[];
  isPrivate: boolean;
  /** The groups that it can be copied into. */
  targets: { slug: string; name: string }[];
};

type Props = { me: string; query: string; notes: NotebookNote[] };

const FORMATS = ['md', 'docx', 'html'] as const;
/** Notes in an outline, at most: an address has room for their ids. */
const MOST = 200;

/** One's own notes, of which some are chosen, over pages and searches, for an outline to take away. */
export function NotebookList({ me, query, notes }: Props) {
  const t = useTranslations('notebook');
  const key = `scholion.outline.${me}`;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [copied, setCopied] = useState<NotebookNote>();
  useEffect(() => setChosen(readSetting(key)?.split(',').filter(Boolean) ?? []), [key]);

  function choose(ids: readonly string[]): void {
    setChosen(ids);
    writeSetting(key, ids.length > 0 ? ids.join(',') : null);
  }
  const toggle = (id: string) =>
    choose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id].slice(0, MOST));
  const exported = chosen.length > 0 ? `ids=${chosen.join(',')}` : query;

  return (
    <>
      <ul className={styles.list}>
        {notes.map((note) => (
          <li key={note.id} className={styles.note}>
            <input
              type="checkbox"
              className={styles.tick}
              aria-label={t('choose', { words: note.passage?.slice(0, 60) ?? note.where })}
              checked={chosen.includes(note.id)}
              onChange={() => toggle(note.id)}
            />
            <div>
              <a href={`/annotations/${note.id}`} className="quote" dir="auto">
                {note.passage ? `«${note.passage}»` : t('wholeSection')}
              </a>
              {/* biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown has sanitised it */}
              <div dir="auto" dangerouslySetInnerHTML={{ __html: note.html }} />
              <p className={styles.facts}>
                <span>{note.kind}</span>
                <span dir="auto">{note.where}</span>
                <span dir="auto">{note.group}</span>
                <RelativeTime when={note.created} />
                {note.tags.map((tag) => (
                  <a key={tag} href={`/notebook?${new URLSearchParams({ tag })}`} dir="auto">
                    #{tag}
                  </a>
                ))}
                {note.isPrivate && <StateLabel icon={Lock}>{t('private')}</StateLabel>}
                {note.targets.length > 0 && (
                  <Button small look="quiet" icon={Copy} onClick={() => setCopied(note)}>
                    {t('copy')}
                  </Button>
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <div className={styles.bar}>
        <span role="status">
          {chosen.length > 0 ? t('chosen', { count: chosen.length }) : t('noneChosen')}
        </span>
        {FORMATS.map((format) => (
          <ButtonLink
            key={format}
            href={`/api/v1/me/annotations/export?format=${format}${exported && `&${exported}`}`}
            icon={Download}
            prefetch={false}
            download
            small
          >
            {t(`format.${format}`)}
          </ButtonLink>
        ))}
        {chosen.length > 0 && (
          <Button small look="quiet" onClick={() => choose([])}>
            {t('clear')}
          </Button>
        )}
      </div>
      {copied && <CopyDialog note={copied} onClose={() => setCopied(undefined)} />}
    </>
  );
}
