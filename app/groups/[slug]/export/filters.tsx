import { Button } from '@/app/_ui/button';
import { Check, Choice, Field } from '@/app/_ui/field';
import { kindSchema, stateSchema } from '@/lib/annotation/schema';
import type { NoteSummary, SectionSummary } from '@/lib/edition/schema';
import type { ExportFilter } from '@/lib/export/schema';
import { getTranslator } from '@/lib/i18n/server';
import styles from './export.module.css';

type Props = {
  filter: ExportFilter;
  /** Those on the group's reading list, in its order. */
  editions: { slug: string; title: string }[];
  members: { id: string; name: string }[];
  sections: SectionSummary[];
  notes: NoteSummary[];
};

/** Filters that come from links, and that this form has no field for. */
const KEPT = ['thread', 'anchor'] as const;

/** The filters as a form that works without scripts: the page is loaded again with their result. */
export async function Filters({ filter, editions, members, sections, notes }: Props) {
  const t = await getTranslator('export');
  const [first] = filter.section?.split(',') ?? [];
  const chosen = sections.some(({ id }) => id === first) ? withNotes(first ?? '', notes) : '';
  const isChoice = editions.length > 1;
  return (
    <form method="get" className={styles.filters}>
      {isChoice && (
        <Choice name="edition" label={t('edition')} defaultValue={filter.edition ?? ''}>
          <option value="">{t('edition.all')}</option>
          {editions.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </Choice>
      )}
      {!isChoice && filter.edition && <input type="hidden" name="edition" value={filter.edition} />}
      {sections.length > 0 && (
        <Choice name="section" label={t('section')} defaultValue={chosen}>
          <option value="">{t('section.all')}</option>
          {sections.map(({ id, title }) => (
            // A section is chosen together with its notes.
            <option key={id} value={withNotes(id, notes)}>
              {title}
            </option>
          ))}
        </Choice>
      )}
      <Choice name="kind" label={t('kind')} defaultValue={filter.kind ?? ''}>
        <option value="">{t('kind.all')}</option>
        {kindSchema.options.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kind.${kind}`)}
          </option>
        ))}
      </Choice>
      {members.length > 0 && (
        <Choice name="author" label={t('author')} defaultValue={filter.author ?? ''}>
          <option value="">{t('author.all')}</option>
          {members.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
      )}
      <Choice name="state" label={t('state')} defaultValue={filter.state ?? ''}>
        <option value="">{t('state.all')}</option>
        {stateSchema.options.map((state) => (
          <option key={state} value={state}>
            {t(`state.${state}`)}
          </option>
        ))}
      </Choice>
      <Field name="since" type="date" label={t('since')} defaultValue={filter.since?.slice(0, 10)} />
      <Field name="tag" label={t('tag')} defaultValue={filter.tag} />
      <Field name="q" type="search" label={t('q')} defaultValue={filter.q} />
      <Check
        name="threads"
        value="1"
        defaultChecked={filter.threads === '1'}
        label={t('threads')}
        hint={t('threads.hint')}
      />
      {KEPT.map(
        (name) => filter[name] && <input key={name} type="hidden" name={name} value={filter[name]} />,
      )}
      <Button type="submit">{t('apply')}</Button>
    </form>
  );
}

function withNotes(section: string, notes: NoteSummary[]): string {
  return [section, ...notes.filter(({ home }) => home === section).map(({ id }) => id)].join(',');
}
