import { groupBy } from '@/lib/kernel/group-by';
import { chainHash, digestColumn, digestContent, firstHash, isEmptyValue } from './digest';
import { readKeptHeads } from './kept-heads';
import type { AuditFinding, AuditReport, SignedHead } from './schema';
import { hasValidSignature } from './signing-key';
import {
  type EntryRow,
  type HeadRow,
  inSnapshot,
  LOGS,
  type LogName,
  SITE_CHAIN,
  type SnapshotReader,
} from './store';

/** Entries that are read at once. */
const BATCH = 1_000;
/** Rows without an entry, and missing entries, that are named one by one. */
const NAMED = 1_000;

/**
 * Computes every chain anew, and compares every row of the logs with its digests, the ends of the chains with the heads that
 * this server keeps, and with `heads` that somebody else kept. Whatever was changed, taken away, added or put into another
 * order since it was written is a finding.
 */
export async function verifyAudit(heads: SignedHead[] = []): Promise<AuditReport> {
  // Before the snapshot: a head that is signed meanwhile would be ahead of what is read.
  const ownHeads = await readKeptHeads();
  return inSnapshot(async (reader) => {
    const report: AuditReport = { chains: 0, entries: 0, amended: 0, findings: [] };
    const ends = await reader.heads();
    const slugs = new Map(ends.map(({ chain, group }) => [chain, group ?? '']));
    const find = (chain: string, what: string, entry?: Partial<AuditFinding>) =>
      report.findings.push({
        ...{ chain, group: slugs.get(chain) ?? '', number: null, source: null, row: null, what },
        ...entry,
      });
    const kept = [...heads];
    for (const [chain, head] of ownHeads) {
      if (head?.chain === chain) kept.push(head);
      else find(chain, 'the head that this server keeps cannot be read');
    }
    for (const head of kept)
      if (!hasValidSignature(head)) find(head.chain, 'a kept head does not have the signature of its key');

    await walkChains(reader, { report, find, ends: new Map(ends.map((end) => [end.chain, end])), kept });
    for (const log of Object.keys(LOGS) as LogName[]) {
      for (const { rowId, chain } of await reader.unentered(log, NAMED))
        find(chain, 'is in the log and was never entered', { source: log, row: rowId });
    }
    for (const guard of await reader.missingGuards()) find(SITE_CHAIN, `the trigger ${guard} is off or gone`);
    report.chains = ends.length;
    return report;
  });
}

type Find = (chain: string, what: string, entry?: Partial<AuditFinding>) => void;
type Walk = { report: AuditReport; find: Find; ends: Map<string, HeadRow>; kept: SignedHead[] };

async function walkChains(reader: SnapshotReader, { report, find, ends, kept }: Walk): Promise<void> {
  const amended = await readAmendments(reader);
  const wanted = groupBy(kept, ({ chain }) => chain);
  let place = { chain: SITE_CHAIN, number: -1 };
  /** The last number and hash of every chain that has entries. */
  const last = new Map<string, { number: number; hash: string }>();
  for (;;) {
    const entries = await reader.entries(place, BATCH);
    for (const entry of entries) {
      const before = last.get(entry.chain) ?? { number: 0, hash: firstHash(entry.chain) };
      const where = { number: entry.number, source: entry.source, row: entry.rowId };
      for (let number = before.number + 1; number < Math.min(entry.number, before.number + NAMED); number++)
        find(entry.chain, 'the entry is gone', { number });
      if (chainHash(before.hash, entry.number, digestContent(entry)) !== entry.hash)
        find(entry.chain, 'the entry was changed, or does not follow the one before it', where);
      for (const what of faultsOfRow(entry, amended)) find(entry.chain, what, where);
      for (const head of wanted.get(entry.chain) ?? [])
        if (head.number === entry.number && head.hash !== entry.hash)
          find(entry.chain, `the entry is another one than when its head was signed (${head.signed})`, where);
      last.set(entry.chain, entry);
      report.entries++;
      if (entry.amends !== null) report.amended++;
    }
    const end = entries.at(-1);
    if (!end || entries.length < BATCH) break;
    place = end;
  }
  for (const chain of new Set([...ends.keys(), ...last.keys(), ...wanted.keys()])) {
    const reached = last.get(chain) ?? { number: 0, hash: firstHash(chain) };
    const end = ends.get(chain);
    if (!end) find(chain, 'the end of the chain is gone');
    for (const head of [...(end ? [end] : []), ...(wanted.get(chain) ?? [])])
      for (let number = reached.number + 1; number <= Math.min(head.number, reached.number + NAMED); number++)
        find(chain, 'the entry is gone from the end of the chain', { number });
    if (end && (end.number < reached.number || (end.number === reached.number && end.hash !== reached.hash)))
      find(chain, 'the end of the chain is not the last entry', { number: reached.number });
  }
}

/** The newest entry that replaces a column of a row, by `amendedKey`. */
async function readAmendments(reader: SnapshotReader): Promise<Map<string, number>> {
  const newest = new Map<string, number>();
  for (const { source, rowId, columns, number } of await reader.amendments())
    for (const column of columns) newest.set(amendedKey(source, rowId, column), number);
  return newest;
}

const amendedKey = (source: string, rowId: string, column: string) => `${source} ${rowId} ${column}`;

/** What of the row of an entry is not as it was entered. */
function faultsOfRow(entry: EntryRow, amended: Map<string, number>): string[] {
  const { source, rowId, digests, salts, fields, number } = entry;
  if (!(source in LOGS)) return [`its log ${source} is none`];
  if (!fields) return entry.amends === null ? ['its row is gone from the log'] : [];
  const faults: string[] = [];
  for (const [column, digest] of Object.entries(digests)) {
    const newest = amended.get(amendedKey(source, rowId, column)) ?? number;
    if (newest !== number && newest > number) continue;
    const salt = salts[column];
    if (salt === undefined) faults.push(`the salt of its column ${column} is gone`);
    else if (digestColumn(salt, column, fields[column] ?? 'null') !== digest)
      faults.push(`its column ${column} was changed`);
  }
  if (entry.amends !== null) return faults;
  for (const [column, value] of Object.entries(fields)) {
    const isEntered = column in digests || amended.has(amendedKey(source, rowId, column));
    if (!isEntered && !isEmptyValue(value)) faults.push(`its column ${column} was filled in`);
  }
  return faults;
}
