import type { Metadata } from 'next';
import { Button, ButtonLink } from '@/app/_ui/button';
import { Choice, Field } from '@/app/_ui/field';
import { EmptyState } from '@/app/_ui/notice';
import { countAnnotations, listAnnotations } from '@/lib/annotation';
import { type Filter, filterSchema, kindSchema } from '@/lib/annotation/schema';
import { getEdition } from '@/lib/edition';
import { formatSchema } from '@/lib/export/schema';
import { listMembers } from '@/lib/group';
import { getTranslator } from '@/lib/i18n/server';
import { pageViewer } from '@/lib/identity/page-viewer';
import { loadGroup } from '../load-group';
import styles from './export.module.css';

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('export'))('title') };
}

/** Takes a group's annotations home: the list's filters, what they would give, and a link for each format. */
export default async function ExportPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const viewer = await pageViewer();
  const group = await loadGroup(slug);
  const t = await getTranslator('export');
  const filter = filterOf(await searchParams);
  const [{ total }, { items }, members, sections] = await Promise.all([
    countAnnotations(viewer, slug, filter),
    listAnnotations(viewer, slug, filter, { limit: 5 }),
    group.can.includes('members') ? listMembers(viewer, slug) : [],
    group.edition ? getEdition(group.edition).then((edition) => edition.sections) : [],
  ]);
  const query = new URLSearchParams(filter as Record<string, string>);
  const filtered = query.size > 0;
  return (
    <main id="main" className="page stack">
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      {total === 0 && !filtered ? (
        <EmptyState title={t('empty')} />
      ) : (
        <>
          <form method="get" className={styles.filters}>
            <Choice name="section" label={t('section')} defaultValue={filter.section ?? ''}>
              <option value="">{t('section.all')}</option>
              {sections
                .filter(({ kind }) => kind === 'section')
                .map(({ id, title }) => (
                  <option key={id} value={id}>
                    {title}
                  </option>
                ))}
            </Choice>
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
            <Field name="since" type="date" label={t('since')} defaultValue={filter.since?.slice(0, 10)} />
            <Field name="tag" label={t('tag')} defaultValue={filter.tag} />
            <Field name="q" type="search" label={t('q')} defaultValue={filter.q} />
            <Button type="submit">{t('apply')}</Button>
          </form>
          <p role="status">{t('count', { count: total })}</p>
          {total > 0 && (
            <ul className={styles.formats}>
              {formatSchema.options.map((format) => {
                const wanted = new URLSearchParams([...query, ['format', format]]);
                return (
                  <li key={format} className="row">
                    <ButtonLink href={`/api/v1/groups/${slug}/export?${wanted}`} prefetch={false} download>
                      {t('download')}
                    </ButtonLink>
                    <span>{t(`format.${format}`)}</span>
                  </li>
                );
              })}
            </ul>
          )}
          {items.length > 0 && (
            <section className="stack" aria-labelledby="preview">
              <h2 id="preview">{t('preview')}</h2>
              <ul className={styles.preview}>
                {items.map((item) => (
                  <li key={item.id}>
                    <strong>{item.author.name}</strong>
                    {item.exact && <> · «{item.exact}»</>}
                    <br />
                    {item.body || t(item.state === 'hidden' ? 'md.hidden' : 'md.deleted')}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </main>
  );
}

/** The filters of the address; one that is not right is left out, since a form's empty fields come too. */
function filterOf(asked: Record<string, string | string[] | undefined>): Filter {
  const filter: Filter = {};
  for (const name of ['section', 'kind', 'author', 'since', 'tag', 'q'] as const) {
    const value = asked[name];
    if (typeof value !== 'string' || value === '') continue;
    // A date field gives a day; the list wants a moment.
    const moment = name === 'since' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value;
    const parsed = filterSchema.safeParse({ [name]: moment });
    if (parsed.success) Object.assign(filter, parsed.data);
  }
  return filter;
}
