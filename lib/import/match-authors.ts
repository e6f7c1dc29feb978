import { listMembers } from '@/lib/group';
import { filterKnownUsers } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { idOfIri, isId } from '@/lib/kernel/ids';
import { personIri } from '@/lib/w3c';
import type { ImportResult } from './schema';

/** Who wrote an annotation of a file, by what it says of them (W3C Annotation Model §3.3.1). */
export type Creator = { id: string | null; name: string | null; email: string | null };

type Author = ImportResult['authors'][number] & { userId: string };

/** Who somebody in a file is here, and the people that the import has to make. */
export type Authors = { of: (creator: Creator | null) => Author; all: () => Author[] };

/**
 * Finds who the creators of a file are. A note is put in the name of a member of the group, or of whoever imports
 * it, and of no other account: nobody's words may be forged by a file. Anybody else gets a name without an account;
 * under the same id where they are unknown here, so that a seminar that moves to another server keeps its people.
 */
export async function matchAuthors(viewer: Viewer, slug: string, creators: Creator[]): Promise<Authors> {
  const members = await listMembers(viewer, slug);
  const ids = creators.flatMap(({ id }) => ownId(id) ?? []);
  const accounts = await filterKnownUsers([...new Set(ids)]);
  const found = new Map<string, Author>();

  function match(creator: Creator): Omit<Author, 'count'> {
    const { id: iri, name } = creator;
    const said = { name: name ?? iri ?? '?', iri };
    const id = ownId(iri);
    const member =
      members.find((one) => one.id === id) ??
      members.find(({ email }) => email && creator.email && email === creator.email.toLowerCase()) ??
      only(members.filter((one) => name && one.name.toLowerCase() === name.toLowerCase()));
    // Whoever is named by an id of ours is that person and nobody of the same name.
    if (member && (!id || member.id === id)) {
      return {
        ...said,
        match: member.id === viewer.id ? 'you' : 'member',
        as: member.name,
        userId: member.id,
      };
    }
    if (id && id === viewer.id) return { ...said, match: 'you', as: viewer.name, userId: id };
    const isFree = id !== null && !accounts.has(id);
    return { ...said, match: 'new', as: null, userId: isFree ? id : idOfIri(`${slug} ${iri ?? name}`) };
  }

  function of(creator: Creator | null): Author {
    const key = creator ? JSON.stringify(creator) : '';
    let author = found.get(key);
    if (!author) {
      const importer = { name: viewer.name, iri: null, match: 'you' as const, as: viewer.name };
      const isSomebody = viewer.id !== null;
      author = {
        count: 0,
        ...(!creator && isSomebody
          ? { ...importer, userId: viewer.id as string }
          : match(creator ?? { id: null, name: null, email: null })),
      };
      found.set(key, author);
    }
    author.count++;
    return author;
  }
  return { of, all: () => [...found.values()] };
}

/** The id in the IRI of a person of ours. */
function ownId(iri: string | null): string | null {
  const id = iri?.startsWith(personIri('')) ? iri.slice(personIri('').length) : '';
  return isId(id) ? id.toLowerCase() : null;
}

function only<T>(found: T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** Who an annotation says its creator is: the first, where it names several. */
export function creatorOf({ creator }: Record<string, unknown>): Creator | null {
  const [first] = [creator ?? []].flat();
  if (typeof first === 'string') return { id: first, name: null, email: null };
  if (typeof first !== 'object' || first === null) return null;
  const { id, name, nickname, email } = first as Record<string, unknown>;
  const text = (value: unknown) => {
    const [one] = [value ?? []].flat();
    return typeof one === 'string' ? one : null;
  };
  return {
    id: text(id),
    name: text(name) ?? text(nickname),
    email: text(email)?.replace(/^mailto:/, '') ?? null,
  };
}
