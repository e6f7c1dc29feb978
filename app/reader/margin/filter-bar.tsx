'use client';
import { ListFilter, X } from 'lucide';
import { Chip, Chips } from '@/app/_ui/chip';
import { Icon } from '@/app/_ui/icon';
import { lazy } from '@/app/_ui/lazy';
import { useTranslations } from '@/lib/i18n/client';
import { countConditions, NO_FILTER, type ThreadFilter } from '../data/thread-filter';
import { changeFilter } from '../state/change-filter';
import { useReader, useReaderStore } from '../state/use-reader';
import { Disclosure } from './disclosure';
import styles from './filter-bar.module.css';

const FilterPanel = lazy(() => import('./filter-panel'));

/** Which notes are shown: the conditions that are wanted most, the others in a panel, and those that are set. */
export function FilterBar() {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const filter = useReader((state) => state.filter);
  const counts = useReader(({ threads }) => threads.counts);
  const isQuestions = filter.kind === 'question';
  const questions = counts.kinds.get('question') ?? 0;
  function set(change: Partial<ThreadFilter>): void {
    changeFilter(store, change);
  }
  return (
    <div className={styles.bar} data-filter-bar="">
      <Chips label={t('filterLabel')}>
        <Chip isOn={filter.mine} count={counts.mine} onClick={() => set({ mine: !filter.mine })}>
          {t('filter_mine')}
        </Chip>
        <Chip
          isOn={isQuestions}
          count={questions}
          onClick={() => set({ kind: isQuestions ? null : 'question' })}
        >
          {t('filter_questions')}
        </Chip>
        <Chip
          isOn={filter.unanswered}
          count={counts.unanswered}
          title={t('filterTitle_unanswered')}
          onClick={() => set({ unanswered: !filter.unanswered })}
        >
          {t('filter_unanswered')}
        </Chip>
        <SetConditions filter={filter} onChange={set} />
        <Disclosure icon={ListFilter} label={t('filter')}>
          <FilterPanel waiting={<p>{t('loading')}</p>} />
        </Disclosure>
        {countConditions(filter) > 1 && (
          <button type="button" className={styles.clear} onClick={() => set(NO_FILTER)}>
            {t('clearFilter')}
          </button>
        )}
      </Chips>
    </div>
  );
}

/** The conditions that were set in the panel or by a link, each with a way to take it out. */
function SetConditions({
  filter: { words, unresolved, kind, author, tags, since },
  onChange,
}: {
  filter: ThreadFilter;
  onChange: (change: Partial<ThreadFilter>) => void;
}) {
  const t = useTranslations('annotation');
  const authors = useReader(({ threads }) => threads.counts.authors);
  const summaries = useReader((state) => state.summaries);
  function nameOf(id: string): string {
    const known = authors.get(id)?.name;
    if (known !== undefined) return known;
    for (const { author } of summaries.values()) if (author.id === id) return author.name;
    return '…';
  }
  const set: { key: string; label: string; without: Partial<ThreadFilter> }[] = [];
  if (words.trim() !== '') set.push({ key: 'words', label: `“${words.trim()}”`, without: { words: '' } });
  if (unresolved)
    set.push({ key: 'unresolved', label: t('filter_unresolved'), without: { unresolved: false } });
  if (kind && kind !== 'question')
    set.push({ key: 'kind', label: t(`kind_${kind}`), without: { kind: null } });
  if (author) set.push({ key: 'author', label: nameOf(author), without: { author: null } });
  for (const tag of tags)
    set.push({
      key: `tag ${tag}`,
      label: `#${tag}`,
      without: { tags: tags.filter((other) => other !== tag) },
    });
  if (since) set.push({ key: 'since', label: labelOfSince(t, since), without: { since: null } });
  return set.map(({ key, label, without }) => (
    <Chip key={key} isOn aria-label={t('removeCondition', { label })} onClick={() => onChange(without)}>
      <span className={styles.condition}>{label}</span>
      <Icon of={X} small />
    </Chip>
  ));
}

function labelOfSince(t: ReturnType<typeof useTranslations<'annotation'>>, since: string): string {
  if (since === 'today') return t('since_today');
  if (since === 'week') return t('since_week');
  return t('sinceDay', { day: new Date(`${since}T12:00:00Z`) });
}
