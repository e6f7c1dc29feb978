import { type TransferredError, transferError } from '@/lib/kernel/error-transfer';
import { parseTei, type TeiEdition } from './parse-tei';

/** What the thread gives back: the edition, or why it is refused. */
export type ParseResult = { edition: TeiEdition } | { refusal: TransferredError };

/** Parses a TEI file in a thread of its own (`parse-in-worker.ts`): no database, no settings. */
export default function parse(source: string): ParseResult {
  try {
    return { edition: parseTei(source) };
  } catch (error) {
    return { refusal: transferError(error) };
  }
}
