import { Download } from 'lucide';
import type { Metadata } from 'next';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/notice';
import { countAnnotations, listAnnotations } from '@/lib/annotation';
import { getEdition } from '@/lib/edition';
import { type ExportFilter, exportFilterSchema, type Format, formatSchema } from '@/lib/export/schema';
import { listMembers, listReadingList } from '@/lib/group';
import { pageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { nullIfNotFound } from '@/lib/kernel/errors';
import { loadGroup } from '../load-group';
import styles from './export.module.css';
import { Filters } from './filters';

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The formats that a person reads; the others are for programs. */
const READ: Format[] = ['docx', 'html', 'xlsx', 'csv', 'md'];
const FORMATS = {
  forReading: READ,
  forWork: formatSchema.options.filter((format) => !READ.includes(format)),
};

/** Number of annotations in the preview. */
const PREVIEW = 5;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('export'))('title') };
}

/** Exports a group's annotations: filters, a preview of their result, and a link for each format. */
export default async function ExportPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const viewer = await pageViewer();
  const group = await loadGroup(slug);
  const t = await getTranslator('export');
  const filter = filterOf(await searchParams);
  const { threads, ...only } = filter;
  const list = await listReadingList(viewer, slug);
  // Sections are those of one edition: of the chosen one, else of the only one on the list.
  const chosen = filter.edition ?? (list.length === 1 ? list[0]?.edition : undefined);
  const [tally, { items }, members, edition] = await Promise.all([
    countAnnotations(viewer, slug, only, { threads: threads === '1' }),
    listAnnotations(viewer, slug, only, { limit: PREVIEW }),
    group.can.includes('members') ? listMembers(viewer, slug) : [],
    chosen === undefined ? null : nullIfNotFound(getEdition(viewer, chosen)),
  ]);
  const query = new URLSearchParams(filter as Record<string, string>);
  if (tally.total === 0 && query.size === 0) {
    return (
      <div className="page stack">
        <h1>{t('title')}</h1>
        <EmptyState icon={Download} title={t('empty')}>
          <p>{t('empty.hint')}</p>
          {group.edition && (
            <ButtonLink href={`/editions/${group.edition}?group=${slug}`}>{t('empty.read')}</ButtonLink>
          )}
        </EmptyState>
      </div>
    );
  }
  const rest = tally.total - items.length;
  return (
    <div className="page stack">
      <h1>{t('title')}</h1>
      <p className="lead">{t('intro')}</p>
      <section className="stack" aria-labelledby="filters">
        <h2 id="filters">{t('filters')}</h2>
        <Filters
          filter={filter}
          editions={list.map((listed) => ({ slug: listed.edition, title: listed.title }))}
          members={members}
          sections={edition?.sections ?? []}
          notes={edition?.notes ?? []}
        />
      </section>
      <div role="status">
        <p>{t('count', { count: tally.total })}</p>
        {tally.total > 0 && (
          <ul className={styles.counts}>
            <li>{t('count.glosses', { count: tally.total - tally.replies })}</li>
            <li>{t('count.replies', { count: tally.replies })}</li>
            <li>{t('count.authors', { count: tally.authors })}</li>
          </ul>
        )}
      </div>
      {tally.total === 0 && (
        <EmptyState title={t('nothing')}>
          <ButtonLink href={`/groups/${slug}/export`}>{t('everything')}</ButtonLink>
        </EmptyState>
      )}
      {tally.total > 0 && (
        <section className="stack" aria-labelledby="formats">
          <h2 id="formats">{t('formats')}</h2>
          {(['forReading', 'forWork'] as const).map((use) => (
            <div key={use}>
              <h3>{t(use)}</h3>
              <ul className={styles.formats}>
                {FORMATS[use].map((format) => {
                  const wanted = new URLSearchParams([...query, ['format', format]]);
                  const [name = '', what = ''] = t(`format.${format}`).split(/: (.*)/s);
                  return (
                    <li key={format}>
                      <ButtonLink
                        href={`/api/v1/groups/${slug}/export?${wanted}`}
                        icon={Download}
                        prefetch={false}
                        download
                      >
                        {t('download', { format: name })}
                      </ButtonLink>
                      <span className="muted">{what}</span>
                    </li>
                  );
                })}
              </ul>
            </div>
          ))}
        </section>
      )}
      {items.length > 0 && (
        <section className="stack" aria-labelledby="preview">
          <h2 id="preview">{t('preview')}</h2>
          <ul className={styles.preview}>
            {items.map((item) => (
              <li key={item.id}>
                <strong>{item.author.name}</strong>
                {item.exact && (
                  <>
                    {' '}
                    · <bdi>«{item.exact}»</bdi>
                  </>
                )}
                {item.body ? (
                  // biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown has sanitised it
                  <div dir="auto" dangerouslySetInnerHTML={{ __html: item.html }} />
                ) : (
                  t(item.state === 'hidden' ? 'md.hidden' : 'md.deleted')
                )}
              </li>
            ))}
          </ul>
          {rest > 0 && <p>{t('preview.more', { count: rest })}</p>}
        </section>
      )}
    </div>
  );
}

/** The filters of the address; invalid ones are left out, because forms also send empty fields. */
function filterOf(asked: Record<string, string | string[] | undefined>): ExportFilter {
  const filter: ExportFilter = {};
  for (const name of exportFilterSchema.keyof().options) {
    const value = asked[name];
    if (typeof value !== 'string' || value === '') continue;
    // A date field gives a day; the filter takes a moment.
    const moment = name === 'since' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value;
    const parsed = exportFilterSchema.safeParse({ [name]: moment });
    if (parsed.success) Object.assign(filter, parsed.data);
  }
  return filter;
}
