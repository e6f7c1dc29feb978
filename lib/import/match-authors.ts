import { listMembers } from '@/lib/group';
import { filterKnownUsers } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { idOfIri, isId } from '@/lib/kernel/ids';
import { personIri, statedOf } from '@/lib/w3c';
import type { ImportResult } from './schema';

/** The creator of an annotation in a file, as the file states it (W3C Annotation Model §3.3.1). */
export type Creator = { id: string | null; name: string | null; email: string | null };

type Author = ImportResult['authors'][number] & { userId: string };

/** `of` gives the author for a creator and counts one annotation, `all` all authors so far. */
export type Authors = { of: (creator: Creator | null) => Author; all: () => Author[] };

/**
 * Matches the creators of a file to people. An annotation gets a member of the group or the importing viewer as its
 * author, but no other account, so that a file cannot forge the words of strangers. All other creators become ghost
 * users: names without an account. They keep their ids where those are unused here, so that a group that moves to
 * another server keeps its people.
 */
export async function matchAuthors(viewer: Viewer, slug: string, creators: Creator[]): Promise<Authors> {
  const members = await listMembers(viewer, slug);
  const ids = creators.flatMap(({ id }) => ownId(id) ?? []);
  const accounts = await filterKnownUsers([...new Set(ids)]);
  const authors = new Map<string, Author>();

  function match(creator: Creator): Omit<Author, 'count'> {
    const { id: iri, name } = creator;
    const stated = { name: name ?? iri ?? '?', iri };
    const id = ownId(iri);
    const member =
      members.find((candidate) => candidate.id === id) ??
      members.find(({ email }) => email && creator.email && email === creator.email.toLowerCase()) ??
      singleOf(members.filter((candidate) => name && candidate.name.toLowerCase() === name.toLowerCase()));
    // An id of this server identifies a person: another member with the same name or address is not meant.
    if (member && (!id || member.id === id)) {
      return {
        ...stated,
        match: member.id === viewer.id ? 'you' : 'member',
        as: member.name,
        userId: member.id,
      };
    }
    if (id && id === viewer.id) return { ...stated, match: 'you', as: viewer.name, userId: id };
    const isFree = id !== null && !accounts.has(id);
    return { ...stated, match: 'new', as: null, userId: isFree ? id : idOfIri(`${slug} ${iri ?? name}`) };
  }

  function of(creator: Creator | null): Author {
    const key = creator ? JSON.stringify(creator) : '';
    let author = authors.get(key);
    if (!author) {
      const importer = { name: viewer.name, iri: null, match: 'you' as const, as: viewer.name };
      const isSomebody = viewer.id !== null;
      author = {
        count: 0,
        ...(!creator && isSomebody
          ? { ...importer, userId: viewer.id as string }
          : match(creator ?? { id: null, name: null, email: null })),
      };
      authors.set(key, author);
    }
    author.count++;
    return author;
  }
  return { of, all: () => [...authors.values()] };
}

/** The id in the IRI of a person of this server. */
function ownId(iri: string | null): string | null {
  const id = iri?.startsWith(personIri('')) ? iri.slice(personIri('').length) : '';
  return isId(id) ? id.toLowerCase() : null;
}

function singleOf<T>(items: T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** The first creator that an annotation states, of itself or of a part of it; null where it states none. */
export function creatorOf(annotation: Record<string, unknown>): Creator | null {
  const [first] = [statedOf(annotation, 'creator') ?? []].flat();
  // The account of another server has its name in it (RFC 7565).
  if (typeof first === 'string')
    return { id: first, name: /^acct:([^@]+)@/.exec(first)?.[1] ?? null, email: null };
  if (typeof first !== 'object' || first === null) return null;
  const { id, name, nickname, email } = first as Record<string, unknown>;
  const text = (value: unknown) => {
    const [first] = [value ?? []].flat();
    return typeof first === 'string' ? first : null;
  };
  return {
    id: text(id),
    name: text(name) ?? text(nickname),
    email: text(email)?.replace(/^mailto:/, '') ?? null,
  };
}
