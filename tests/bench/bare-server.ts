import { createServer, type ServerResponse } from 'node:http';
import pg from 'pg';

/** What the bare server answers from: a group with its notes, a person, one note, and the bytes of a page. */
export type BareContent = {
  database: string;
  groupId: string;
  personId: string;
  noteId: string;
  page: Buffer;
};

/** An answer of the bare server: JSON, or nothing new (304). */
type Answer = { body: unknown } | 'unchanged';

/**
 * The least that could answer, on node:http and pg: one statement for each call, without a session, validation, visibility,
 * event, or version. It runs in the process of the load, which it therefore shares a core with. Gives its address.
 */
export function startBareServer({ database, groupId, personId, noteId, page }: BareContent): Promise<string> {
  const pool = new pg.Pool({ connectionString: database, max: 12 });
  // The database ends before this process.
  pool.on('error', () => {});
  const ask = async (text: string, values: unknown[] = []): Promise<Answer> => {
    const { rows } = await pool.query(text, values);
    return { body: rows[0].body };
  };
  const notes = (limit: number) =>
    `(SELECT * FROM annotation WHERE group_id = $1 ORDER BY id LIMIT ${limit}) a`;
  const answers: Record<string, () => Promise<Answer>> = {
    '/insert': () =>
      ask(
        `INSERT INTO annotation (group_id, id, root_id, author_id, edition, section, body)
         SELECT group_id, n.id, n.id, author_id, edition, section, 'x' FROM annotation a,
           (SELECT gen_random_uuid() AS id) n WHERE a.group_id = $1 AND a.id = $2 RETURNING to_json(annotation) AS body`,
        [groupId, noteId],
      ),
    '/list/50': () => ask(`SELECT json_agg(a) AS body FROM ${notes(50)}`, [groupId]),
    '/list/500': () => ask(`SELECT json_agg(a) AS body FROM ${notes(500)}`, [groupId]),
    '/unchanged': async () => {
      await ask(`SELECT md5(string_agg(id::text || version, '')) AS body FROM ${notes(50)}`, [groupId]);
      return 'unchanged';
    },
    '/outline': () =>
      ask(
        `SELECT json_agg(json_build_array(a.id, a.parent_id, a.author_id, a.kind, a.state, a.created_at, p.start, p."end"))
            AS body FROM annotation a LEFT JOIN passage p ON p.group_id = a.group_id AND p.annotation_id = a.id
          WHERE a.group_id = $1 AND a.edition = 'gheorghiu-2009' AND a.section = 'doc1'`,
        [groupId],
      ),
    '/note': () =>
      ask('SELECT to_json(a) AS body FROM annotation a WHERE group_id = $1 AND id = $2', [groupId, noteId]),
    '/person': () =>
      ask(
        "SELECT json_build_object('id', id, 'name', name, 'email', email) AS body FROM \"user\" WHERE id = $1",
        [personId],
      ),
  };
  const send = async (url: string, response: ServerResponse) => {
    if (url === '/page')
      return response.setHeader('Content-Type', 'text/html').setHeader('Content-Encoding', 'br').end(page);
    const answer = await answers[url]?.();
    if (answer === 'unchanged') return response.writeHead(304, { ETag: '"bare"' }).end();
    return response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer?.body));
  };
  const server = createServer((request, response) => {
    send(request.url ?? '', response).catch(() => response.destroy());
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
    });
  });
}
