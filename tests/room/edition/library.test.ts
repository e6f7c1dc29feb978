import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { disconnect } from '@/lib/db';
import { getLibrary, LIBRARY_PAGE, type LibraryFilter, type LibrarySort } from '@/lib/edition';
import { resolveMember, setReadingList } from '@/lib/group';
import { operator } from '@/lib/identity';
import { anonymous, type Viewer } from '@/lib/identity/schema';
import { changeEdition, publishDraft, uploadDraft } from '@/lib/publication';
import { freshDatabase } from '../../support/fresh-database';
import { createSeminar, createUserWithToken } from '../../support/seminar';

/** A text with a title, an author, a year and a language of its own. */
function tei(title: string, author: string, year: string, language: string): string {
  return `<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="${language}"><teiHeader><fileDesc>
    <titleStmt><title>${title}</title><author>${author}</author></titleStmt><publicationStmt><p/></publicationStmt>
    <sourceDesc><biblStruct><monogr><title>${title}</title><imprint><date when="${year}">${year}</date></imprint></monogr>
    </biblStruct></sourceDesc></fileDesc></teiHeader>
    <text xml:lang="${language}"><body><div><head>One</head><p>First words of ${title}.</p></div></body></text></TEI>`;
}

async function publish(slug: string, text: string): Promise<void> {
  await uploadDraft(operator, text, { slug });
  await publishDraft(operator, slug);
}

describe('the library', () => {
  let member: Viewer;
  let stranger: Viewer;

  const slugs = async (who: Viewer, filter: LibraryFilter = {}, sort: LibrarySort = 'title', page = 1) =>
    (await getLibrary(who, filter, { sort, page })).editions.map(({ slug }) => slug);

  before(async () => {
    await freshDatabase();
    await publish('resume', tei('Résumé', 'Émile Zola', '1880', 'fr'));
    await publish('forest', tei('Лес и ёлка', 'А. Островский', '1871', 'ru'));
    await publish('antigone', tei('Antigone', '', '1912', 'grc'));
    await publish('closed', tei('A closed text', 'Nobody', '1990', 'en'));
    const somebody = await createUserWithToken('member');
    const outside = await createUserWithToken('outside');
    const group = await createSeminar({ somebody: { somebody, role: 'instructor' } });
    const viewerOf = (token: string | null) =>
      resolveMember(new Headers({ authorization: `Bearer ${token}` }));
    await changeEdition(operator, 'closed', { access: 'groups', groups: [group] });
    [member, stranger] = [await viewerOf(somebody.token), await viewerOf(outside.token)];
    await setReadingList(member, group, [{ edition: 'closed' }, { edition: 'forest' }]);
  });
  after(disconnect);

  it('has what the viewer may read, in cards, lists and counts', async () => {
    const open = ['antigone', 'resume', 'forest'];
    for (const who of [anonymous, stranger]) {
      const { editions, counts, languages } = await getLibrary(who, {}, { sort: 'title', page: 1 });
      assert.deepEqual(
        editions.map(({ slug }) => slug),
        open,
      );
      assert.deepEqual(counts, { found: 3, all: 3, mine: 0 });
      assert.equal(
        languages.some(({ language }) => language === 'en'),
        false,
      );
      assert.ok(editions.every(({ groups }) => groups.length === 0));
      assert.deepEqual(await slugs(who, { q: 'closed' }), []);
    }
    const { counts } = await getLibrary(member, { q: 'zola' }, { sort: 'title', page: 1 });
    assert.deepEqual(counts, { found: 1, all: 4, mine: 2 });
  });

  it('says which of the viewer’s own groups read a text', async () => {
    const { editions } = await getLibrary(member, { mine: true }, { sort: 'title', page: 1 });
    assert.deepEqual(
      editions.map(({ slug, groups }) => [slug, groups.length]),
      [
        ['closed', 1],
        ['forest', 1],
      ],
    );
  });

  it('finds words of title, author and year, without case and marks', async () => {
    for (const [q, found] of [
      ['resume', ['resume']],
      ['EMILE', ['resume']],
      ['елка', ['forest']],
      ['ЁЛКА', ['forest']],
      ['1912', ['antigone']],
      ['100%', []],
      ['_', []],
    ] as const)
      assert.deepEqual(await slugs(anonymous, { q }), found, q);
    assert.deepEqual(await slugs(anonymous, { language: 'ru' }), ['forest']);
  });

  it('is sorted by title, author, year or what came last', async () => {
    assert.deepEqual(await slugs(anonymous, {}, 'author'), ['resume', 'forest', 'antigone']);
    assert.deepEqual(await slugs(anonymous, {}, 'year'), ['forest', 'resume', 'antigone']);
    assert.deepEqual(await slugs(anonymous, {}, 'newest'), ['antigone', 'forest', 'resume']);
  });

  it('shows a text with its first words, its sections and its length', async () => {
    const { editions } = await getLibrary(anonymous, { q: 'antigone' }, { sort: 'title', page: 1 });
    const [card] = editions;
    assert.deepEqual(
      [card?.year, card?.sections, card?.opening, card?.openingLanguage],
      ['1912', 1, 'First words of Antigone.', 'grc'],
    );
    assert.ok(card?.words && card.words > 3);
  });

  it('goes in pages, each text on one', async () => {
    for (let i = 0; i < LIBRARY_PAGE; i++)
      await publish(`more-${i}`, tei(`More ${String(i).padStart(2, '0')}`, 'Many', '2000', 'en'));
    const [first, second, third] = await Promise.all(
      [1, 2, 3].map((page) => slugs(anonymous, {}, 'title', page)),
    );
    assert.equal(first?.length, LIBRARY_PAGE);
    assert.equal(new Set([...(first ?? []), ...(second ?? [])]).size, LIBRARY_PAGE + 3);
    assert.deepEqual(third, []);
  });
});
