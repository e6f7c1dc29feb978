import { decodeUri } from '@/lib/kernel/uri';
import { canInGroup } from '@/lib/policy';
import { SEE_AS_STUDENT } from './constants';
import type { Viewer } from './schema';

/**
 * The viewer as a student of the group that their browser's cookie names, where they are staff: all that they are shown is
 * decided by that role. They write nothing meanwhile, lest a student's rules be asked of what staff writes. The cookie takes
 * rights away and gives none, so that it needs no signature.
 */
export function seenAsStudent(viewer: Viewer, headers: Headers): Viewer {
  const slug = namedIn(headers.get('cookie') ?? '');
  const own = slug === undefined ? undefined : viewer.memberships.find((known) => known.slug === slug);
  if (!own || !canInGroup(own.role, 'assign')) return viewer;
  const memberships = viewer.memberships.map((known) =>
    known === own ? { ...own, role: 'student' as const, moderates: false } : known,
  );
  return { ...viewer, scope: 'read', memberships };
}

function namedIn(cookies: string): string | undefined {
  for (const pair of cookies.split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === SEE_AS_STUDENT && value) return decodeUri(value) ?? undefined;
  }
  return undefined;
}
