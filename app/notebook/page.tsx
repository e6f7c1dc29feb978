import { NotebookPen } from 'lucide';
import { listOwn } from '@/lib/annotation';
import { KINDS } from '@/lib/annotation/constants';
import { ownFilterSchema } from '@/lib/annotation/schema';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { isId } from '@/lib/kernel/ids';
import { canInGroup } from '@/lib/policy';
import { Button, ButtonLink } from '../_ui/button';
import { Choice, SearchField } from '../_ui/field';
import { EmptyState } from '../_ui/notice';
import { sectionTitles } from '../groups/[slug]/section-titles';
import { GroupChoice } from '../groups/group-choice';
import styles from './notebook.module.css';
import { NotebookList } from './notebook-list';

/** Notes on one page. */
const SHOWN = 50;

type Asked = Promise<Record<string, string | string[] | undefined>>;

export async function generateMetadata() {
  const t = await getTranslator('notebook');
  return { title: t('title') };
}

/** All that the viewer has written, in all groups: searched, filtered, and collected into an outline. */
export default async function NotebookPage({ searchParams }: { searchParams: Asked }) {
  const viewer = await requireViewer('/notebook');
  const asked = await searchParams;
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
  const filter = ownFilterSchema.safeParse(given).data ?? {};
  const before = typeof asked.before === 'string' && isId(asked.before) ? asked.before : undefined;
  const mine = viewer.memberships.some(({ slug }) => slug === filter.group);
  const known = { ...filter, group: mine ? filter.group : undefined };
  const { items, next } = await listOwn(viewer, known, { limit: SHOWN, cursor: before });
  const titles = await sectionTitles(
    viewer,
    items.map(({ annotation }) => annotation),
  );
  const t = await getTranslator('notebook');
  const kinds = await getTranslator('annotation');
  const query = new URLSearchParams(
    Object.entries(known).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const names = new Map(viewer.memberships.map(({ slug, name }) => [slug, name]));
  return (
    <main id="main" className="page stack">
      <h1>{t('title')}</h1>
      <p className="muted">{t('lead')}</p>
      <search>
        <form className={styles.filters}>
          <SearchField name="q" label={t('search')} defaultValue={known.q} />
          <Choice label={t('kind')} name="kind" defaultValue={known.kind ?? ''}>
            <option value="">{t('anyKind')}</option>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {kinds(`kind_${kind}`)}
              </option>
            ))}
          </Choice>
          <GroupChoice
            label={t('group')}
            all={t('allGroups')}
            groups={viewer.memberships}
            chosen={known.group}
          />
          <Button type="submit">{t('find')}</Button>
        </form>
      </search>
      {items.length === 0 ? (
        <EmptyState icon={NotebookPen} title={t(query.size > 0 ? 'noneFound' : 'none')}>
          <p>{t('noneText')}</p>
        </EmptyState>
      ) : (
        <ClientMessages namespaces={['notebook']}>
          <NotebookList
            me={viewer.id}
            query={query.toString()}
            notes={items.map(({ annotation, passage }) => ({
              id: annotation.id,
              group: names.get(annotation.group) ?? annotation.group,
              passage,
              html: annotation.html,
              kind: annotation.parent === null ? kinds(`kind_${annotation.kind}`) : t('reply'),
              where: titles.get(`${annotation.edition}/${annotation.section}`) ?? annotation.section,
              created: annotation.created,
              tags: annotation.tags,
              isPrivate: annotation.visibility === 'private',
              // A copy is a note on words: neither an answer nor a region of an image.
              targets:
                annotation.parent === null && annotation.canvas === null && annotation.anchor !== 'orphaned'
                  ? viewer.memberships
                      .filter(
                        ({ slug, role, archived }) =>
                          slug !== annotation.group &&
                          canInGroup(role, 'write', { archived: archived === true }),
                      )
                      .map(({ slug, name }) => ({ slug, name }))
                  : [],
            }))}
          />
        </ClientMessages>
      )}
      {next && (
        <p>
          <ButtonLink
            href={`/notebook?${new URLSearchParams([...query, ['before', next]])}`}
            prefetch={false}
          >
            {t('more')}
          </ButtonLink>
        </p>
      )}
    </main>
  );
}
