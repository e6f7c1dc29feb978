import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startTaskClock } from './task-duration';

/**
 * The whole Hypothesis client of its npm package, as a site embeds it: its boot script, its annotator in the page, its
 * sidebar from another site, and a service that answers what the sidebar asks of one without an account.
 */

const BUILD = path.resolve('node_modules/hypothesis/build');
const GROUP = '__world__';
/** Milliseconds without a new highlight after which nothing more is to come. */
const QUIET = 4000;
const WHEN = Date.parse('2026-01-01T00:00:00Z');

/** What a note says of its place, in code units of the page's body. */
export type ForeignNote = {
  id: string;
  start: number;
  end: number;
  exact: string;
  prefix: string;
  suffix: string;
};

/** Milliseconds of the page's main thread, without its sidebar's process, and the elements in the text. */
export type ClientCost = { page: number; elements: number };

/** Serves `html`, with the client in it and `notes` at the service; gives where the page is. */
async function serve(html: (embed: string) => string, notes: ForeignNote[]) {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const send = (type: string, body: string | Buffer) =>
      response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' }).end(body);
    if (pathname === '/page') send('text/html', html(embed));
    else if (pathname === '/app') send('text/html', sidebar);
    else if (pathname.startsWith('/build/')) {
      const type = pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
      send(type, await readFile(path.join(BUILD, path.posix.normalize(pathname.slice('/build'.length)))));
    } else if (request.method === 'OPTIONS') {
      response
        .writeHead(204, { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' })
        .end();
    } else send('application/json', JSON.stringify(answer(pathname, searchParams)));
  });
  await new Promise<void>((done) => server.listen(0, done));
  const { port } = server.address() as AddressInfo;
  // One machine by two names is two sites, and has two processes as on the web.
  const [here, there] = [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  const settings = (values: object) =>
    `<script type="application/json" class="js-hypothesis-config">${JSON.stringify(values)}</script>`;
  const boot = (from: string) => `<script async src="${from}/build/boot.js"></script>`;
  const embed = `${settings({
    ...{ assetRoot: `${here}/`, sidebarAppUrl: `${there}/app`, notebookAppUrl: `${there}/app` },
    ...{ profileAppUrl: `${there}/app`, openSidebar: false, showHighlights: 'always' },
  })}${boot(here)}`;
  const sidebar = `<!doctype html><meta charset="utf-8"><base target="_top"><hypothesis-app></hypothesis-app>
    ${settings({ assetRoot: `${there}/`, apiUrl: `${there}/api/`, authDomain: 'bench', oauthClientId: 'bench' })}${boot(there)}`;
  const route = (name: string) => ({ method: 'GET', url: `${there}/api/${name}`, desc: name });
  const group = {
    id: GROUP,
    name: 'Public',
    type: 'open',
    public: true,
    scoped: false,
    links: {},
    organization: null,
  };
  const rows = notes.map((note, i) => annotationOf(note, i, `${here}/page`));

  function answer(pathname: string, query: URLSearchParams): unknown {
    switch (pathname.replace(/^\/api\//, '')) {
      case '':
        return {
          links: {
            annotation: { read: route('annotations/:id') },
            group: { read: route('groups/:id'), members: { read: route('members') } },
            groups: { read: route('groups') },
            profile: { read: route('profile'), groups: { read: route('profile/groups') } },
            links: route('links'),
            search: route('search'),
          },
        };
      case 'links':
        return { user: `${there}/u/:user`, 'groups.new': there, help: there, tag: there };
      case 'profile':
        return { userid: null, authority: 'bench', features: {}, preferences: {} };
      case 'groups':
      case 'profile/groups':
        return [group];
      case 'search': {
        const after = query.get('search_after');
        const from = after ? rows.findIndex(({ created }) => created === after) + 1 : 0;
        const limit = Number(query.get('limit') ?? 20);
        return { total: rows.length, rows: rows.slice(from, from + limit), replies: [] };
      }
      default:
        return group;
    }
  }
  return { url: `${here}/page`, stop: () => server.close() };
}

function annotationOf({ id, start, end, exact, prefix, suffix }: ForeignNote, i: number, uri: string) {
  const created = new Date(WHEN + i * 1000).toISOString();
  const selector = [
    { type: 'TextPositionSelector', start, end },
    { type: 'TextQuoteSelector', exact, prefix, suffix },
  ];
  return {
    ...{ id, created, updated: created, user: `acct:reader${i % 30}@bench`, uri, group: GROUP, tags: [] },
    ...{ text: `A note on “${exact.slice(0, 40)}”.`, flagged: false, hidden: false, links: {} },
    user_info: { display_name: `Reader ${i % 30}` },
    permissions: { read: [`group:${GROUP}`], update: [], delete: [] },
    target: [{ source: uri, selector }],
    document: { title: ['The bench'] },
  };
}

/** Loads the page with the client, and waits until no more highlights have come for four seconds. */
export async function measureClient(
  browser: Browser,
  html: (embed: string) => string,
  notes: ForeignNote[],
): Promise<ClientCost> {
  const { url, stop } = await serve(html, notes);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const spent = await startTaskClock(page);
  await page.goto(url);
  const count = (selector: string) =>
    page.evaluate((wanted) => document.querySelectorAll(wanted).length, selector);
  for (let [seen, since] = [-1, Date.now()]; Date.now() - since < QUIET; ) {
    const now = await count('hypothesis-highlight');
    if (now !== seen || (now === 0 && notes.length > 0)) [seen, since] = [now, Date.now()];
    await new Promise((done) => setTimeout(done, 250));
  }
  const cost = { page: await spent(), elements: await count('[data-section] *') };
  await page.close();
  stop();
  return cost;
}
