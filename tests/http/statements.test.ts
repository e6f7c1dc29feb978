import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { locales } from '@/lib/i18n';
import { getStatement, STATEMENTS } from '@/lib/privacy';

describe('a statement', () => {
  let folder = '';

  before(async () => {
    const data = await mkdtemp(path.join(tmpdir(), 'statements-'));
    process.env.SCHOLION_DATA = data;
    process.env.SCHOLION_OPERATOR = 'The **library** of Tests';
    process.env.DATABASE_URL = 'postgresql://nobody@localhost/none';
    process.env.NEXTAUTH_SECRET = 'only for the tests, which nobody else can reach';
    folder = path.join(data, 'statements');
  });

  it('is there in every language, and says who is responsible', async () => {
    for (const locale of locales) {
      for (const name of STATEMENTS) {
        const { title, html } = await getStatement(name, locale);
        assert.ok(title && html.length > 500, `${name} in ${locale}`);
        assert.equal(html.includes('<strong>library</strong>'), name !== 'not-done', `${name} in ${locale}`);
      }
    }
    await assert.rejects(getStatement('../secret', 'en'), /nothing here/);
  });

  it('is the operator’s own where they wrote one, sanitised, in a language or in all', async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, 'privacy.md'), '# Ours <script>alert(1)</script>');
    await writeFile(path.join(folder, 'privacy.ru.md'), 'Наше');
    await writeFile(path.join(folder, 'not-done.md'), 'Everything is done');
    const english = await getStatement('privacy', 'en');
    assert.match(english.html, /Ours/);
    assert.doesNotMatch(english.html, /<script/);
    assert.match((await getStatement('privacy', 'ru')).html, /Наше/);
    assert.doesNotMatch((await getStatement('not-done', 'en')).html, /Everything is done/);
    await rm(folder, { recursive: true });
  });
});
