import { pool } from '@/lib/db';

/** Groups of the same size to fill: their slugs, and for each so many people and annotations. */
export type Filling = { slugs: string[]; members: number; annotations: number };

/**
 * Fills private groups on three sections of the sample edition, in few statements. Of the annotations two in
 * five are roots, each with a passage; some are private, pending, hidden, deleted, flagged or orphaned. The statistics of
 * the tables are new afterwards.
 */
export async function fillGroups(edition: string, { slugs, members, annotations }: Filling): Promise<void> {
  const client = await pool().connect();
  try {
    await client.query(
      `WITH groups AS (
         INSERT INTO "group" (id, slug, name, access)
         SELECT uuidv7(), slug, slug, 'private' FROM unnest($1::text[]) slug RETURNING id, slug
       ), people AS (
         INSERT INTO "user" (id, name, email)
         SELECT uuidv7(), 'Member', slug || '-' || n || '@groups.example' FROM groups, generate_series(1, $2::int) n
         RETURNING id, email
       )
       INSERT INTO member (group_id, user_id, role)
       SELECT g.id, p.id, (CASE WHEN p.email LIKE '%-1@%' THEN 'instructor' ELSE 'student' END)::"Role"
         FROM groups g JOIN people p ON split_part(p.email, '-', 1) = g.slug`,
      [slugs, members],
    );
    await client.query(
      `CREATE TEMP TABLE made AS
         SELECT g.id AS gid, n, uuidv7() AS id, n - n % 5 AS root, n % 5 IN (0, 2) AS is_root,
                abs(hashint4(n * 13 + 3)) % 100 AS d, p.people[1 + abs(hashint4(n)) % $2] AS author
           FROM "group" g
           JOIN LATERAL (SELECT array_agg(user_id ORDER BY user_id) AS people FROM member WHERE group_id = g.id) p ON true,
                generate_series(5, $3::int + 4) n
          WHERE g.slug = ANY($1) ORDER BY n, g.id`,
      [slugs, members, annotations],
    );
    await client.query('CREATE INDEX ON made (gid, n); ANALYZE made');
    await client.query(
      `INSERT INTO annotation (group_id, id, root_id, parent_id, author_id, edition, section, kind, body, tags, visibility,
           state, deleted_from, reason, created_at, modified_at, revision)
       SELECT a.gid, a.id, r.id, CASE WHEN NOT a.is_root THEN r.id END, a.author, $1,
              CASE WHEN r.d < 40 THEN 'doc1' WHEN r.d < 70 THEN 'article' ELSE 'doc2' END,
              (CASE WHEN a.d % 10 = 0 THEN 'question' ELSE 'gloss' END)::"Kind",
              'Note ' || a.n || ' on the wording of ' || md5(a.n::text), CASE WHEN a.d < 30 THEN ARRAY['tag' || a.d % 12] ELSE '{}' END,
              (CASE WHEN a.d IN (31, 32, 33, 34, 35) THEN 'private' ELSE 'group' END)::"Visibility",
              (CASE WHEN a.d = 41 THEN 'pending' WHEN a.d = 42 THEN 'hidden' WHEN a.d = 43 THEN 'deleted' ELSE 'published' END)::"State",
              CASE WHEN a.d = 43 THEN 'published'::"State" END, CASE WHEN a.d = 42 THEN 'off topic' END,
              now() - interval '60 days' + a.n * interval '1 second', now() - interval '60 days' + a.n * interval '1 second',
              CASE WHEN a.is_root THEN 1 END
         FROM made a JOIN made r ON r.gid = a.gid AND r.n = CASE WHEN a.is_root THEN a.n ELSE a.root END
        ORDER BY a.id`,
      [edition],
    );
    await client.query(
      `INSERT INTO passage (group_id, annotation_id, position, edition, section, revision, anchor_revision, start, "end",
           exact, anchor, written_start, written_end)
       SELECT gid, id, 0, $1, CASE WHEN d < 40 THEN 'doc1' WHEN d < 70 THEN 'article' ELSE 'doc2' END, 1, 1,
              CASE WHEN d <> 60 THEN n END, CASE WHEN d <> 60 THEN n + 12 END, 'some words',
              (CASE WHEN d = 60 THEN 'orphaned' WHEN d IN (61, 62) THEN 'fuzzy' ELSE 'exact' END)::"Anchor", n, n + 12
         FROM made WHERE is_root`,
      [edition],
    );
    await client.query(
      `INSERT INTO flag (group_id, annotation_id, user_id, reason, note, settled_at)
       SELECT gid, id, author, 'wrong', '', CASE WHEN n % 3 <> 0 THEN now() END FROM made WHERE d IN (70, 71)`,
    );
    await client.query('DROP TABLE made');
    await client.query('VACUUM ANALYZE');
  } finally {
    client.release();
  }
}
