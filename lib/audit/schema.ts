import { z } from '@hono/zod-openapi';

/**
 * The end of a group's chain, signed: whoever keeps it can see later that nothing before it was altered.
 * `signature` is Ed25519 of `headText`, in base64, by `key` (SubjectPublicKeyInfo in base64).
 */
export const signedHeadSchema = z
  .strictObject({
    /** The slug of the group; empty for the log of accounts. */
    group: z.string(),
    chain: z.uuid(),
    /** How many entries the chain had. */
    number: z.int().min(0),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    signed: z.iso.datetime(),
    key: z.string(),
    signature: z.string(),
  })
  .openapi('SignedHead');

/** What is asked of a chain: the entries after the number `cursor`. */
export const chainQuerySchema = z.object({
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** An entry of a chain without what it says: enough to compute the hashes anew. */
export const chainLinkSchema = z
  .strictObject({ number: z.int(), content: z.string(), hash: z.string() })
  .openapi('ChainLink');

export type SignedHead = z.infer<typeof signedHeadSchema>;
export type ChainQuery = z.infer<typeof chainQuerySchema>;
export type ChainLink = z.infer<typeof chainLinkSchema>;

/**
 * Something that is not as it was written. `number` is the entry, `row` the row of the log that it is about, each null where
 * there is none.
 */
export type AuditFinding = {
  chain: string;
  group: string;
  number: number | null;
  source: string | null;
  row: string | null;
  what: string;
};

/** What a verification found; `entries` and `chains` count what was read. */
export type AuditReport = { chains: number; entries: number; amended: number; findings: AuditFinding[] };
