'use client';
import { ArrowDown, ArrowUp, Plus } from 'lucide';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button, IconButton } from '@/app/_ui/button';
import { Choice } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import { SectionMarks } from '../section-marks';
import styles from './reading-list-form.module.css';

type Item = { edition: string; sections: string[] };
type Props = {
  group: string;
  list: Item[];
  /** What may be put on the list. */
  editions: { slug: string; title: string; isPublished: boolean }[];
};
type Focus = { edition: string; button: 'up' | 'down' } | null;

/** The editions that the group reads: put in order, added, taken away, with sections marked out; by buttons alone. */
export function ReadingListForm({ group, list, editions }: Props) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const [items, setItems] = useState(list);
  const [focus, setFocus] = useState<Focus>(null);
  const element = useRef<HTMLOListElement>(null);
  const form = useSubmit(common('failed'));
  const titleOf = (slug: string) => editions.find((edition) => edition.slug === slug)?.title ?? slug;
  const left = editions.filter(({ slug }) => !items.some(({ edition }) => edition === slug));

  // A row that is moved in the document loses the focus: it goes back to the button that was pressed.
  useEffect(() => {
    if (!focus) return;
    const row = element.current?.querySelector(`[data-edition="${CSS.escape(focus.edition)}"]`);
    row?.querySelector<HTMLElement>(`[data-button="${focus.button}"]`)?.focus();
    setFocus(null);
  }, [focus]);

  function move(from: number, button: 'up' | 'down'): void {
    const to = button === 'up' ? from - 1 : from + 1;
    const item = items[from];
    if (!item || to < 0 || to >= items.length) return;
    const others = items.filter((_, i) => i !== from);
    setItems([...others.slice(0, to), item, ...others.slice(to)]);
    setFocus({ edition: item.edition, button });
    toast(t('reading.movedTo', { title: titleOf(item.edition), place: to + 1 }));
  }

  function mark(edition: string, sections: string[]): void {
    setItems(items.map((item) => (item.edition === edition ? { edition, sections } : item)));
  }

  function save(): void {
    void form.run(async () => {
      const json = items.map(({ edition, sections }) =>
        sections.length > 0 ? { edition, sections } : { edition },
      );
      await api('PUT /groups/:group/reading-list', { param: { group }, json });
      toast(common('saved'));
      router.refresh();
    });
  }

  return (
    <div className="stack">
      <ProblemNotice text={form.problem} />
      {items.length === 0 && <p className="muted">{t('home.noEdition')}</p>}
      <ol ref={element} className={styles.list}>
        {items.map(({ edition, sections }, i) => {
          const title = titleOf(edition);
          return (
            <li key={edition} data-edition={edition}>
              <span className={styles.title} dir="auto">
                {title}
              </span>
              <span className={styles.buttons}>
                <IconButton
                  data-button="up"
                  icon={ArrowUp}
                  aria-disabled={i === 0 || undefined}
                  label={t('reading.up', { title })}
                  onClick={() => move(i, 'up')}
                />
                <IconButton
                  data-button="down"
                  icon={ArrowDown}
                  aria-disabled={i === items.length - 1 || undefined}
                  label={t('reading.down', { title })}
                  onClick={() => move(i, 'down')}
                />
                <Button
                  look="danger"
                  small
                  aria-label={t('reading.takeOff', { title })}
                  onClick={() => setItems(items.filter((item) => item.edition !== edition))}
                >
                  {t('reading.remove')}
                </Button>
              </span>
              <SectionMarks edition={edition} marked={sections} onMark={(ids) => mark(edition, ids)} />
            </li>
          );
        })}
      </ol>
      {left.length > 0 && (
        <form
          method="post"
          className="fields"
          onSubmit={(event) => {
            event.preventDefault();
            const edition = String(new FormData(event.currentTarget).get('edition') ?? '');
            if (edition) setItems([...items, { edition, sections: [] }]);
          }}
        >
          <Choice label={t('reading.add')} name="edition">
            {left.map(({ slug, title, isPublished }) => (
              <option key={slug} value={slug}>
                {isPublished ? title : t('reading.draft', { title })}
              </option>
            ))}
          </Choice>
          <Button type="submit" icon={Plus}>
            {t('reading.addSubmit')}
          </Button>
        </form>
      )}
      <p>
        <Button look="primary" busy={form.busy} onClick={save}>
          {t('reading.save')}
        </Button>
      </p>
    </div>
  );
}
