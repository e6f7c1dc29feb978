/** A filter as the address of a page carries it. Pure. */
import { KINDS } from '@/lib/annotation/constants';
import { FILTER_SWITCHES, type ThreadFilter } from './thread-filter';

/** The names that an address gives to the conditions. */
const PARAMETERS = ['q', 'mine', 'unanswered', 'unresolved', 'kind', 'author', 'tag', 'since'] as const;

/** The filter of an address; what is no condition there is left out. */
export function readFilter(search: URLSearchParams): ThreadFilter {
  const since = search.get('since') ?? '';
  return {
    words: search.get('q') ?? '',
    mine: search.has('mine'),
    unanswered: search.has('unanswered'),
    unresolved: search.has('unresolved'),
    kind: KINDS.find((kind) => kind === search.get('kind')) ?? null,
    author: search.get('author') || null,
    tags: [...new Set(search.getAll('tag').filter(Boolean))],
    since: /^(today|week|\d{4}-\d\d-\d\d)$/.test(since) ? since : null,
  };
}

/** Puts a filter into an address, in place of the one there. */
export function writeFilter(search: URLSearchParams, filter: ThreadFilter): void {
  for (const name of PARAMETERS) search.delete(name);
  const { words, kind, author, tags, since } = filter;
  if (words.trim() !== '') search.set('q', words.trim());
  for (const name of FILTER_SWITCHES) if (filter[name]) search.set(name, '1');
  if (kind) search.set('kind', kind);
  if (author) search.set('author', author);
  for (const tag of tags) search.append('tag', tag);
  if (since) search.set('since', since);
}
