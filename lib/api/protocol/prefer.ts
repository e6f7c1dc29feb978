import { parsePrefer } from '@/lib/http/prefer-header';

const LDP = 'http://www.w3.org/ns/ldp#';
const OA = 'http://www.w3.org/ns/oa#';

/** How a reader wants a container: without its first page, and with IRIs alone or not; null: they did not say. */
export type ContainerPreference = { minimal: boolean; iris: boolean | null };

/**
 * What a Prefer header wants of a container (Web Annotation Protocol §4.2.1; LDP §7.2.2, which calls the minimal one
 * empty too, and lets a client leave out the containment). IRIs and whole annotations at once is no wish.
 */
export function containerPreference(prefer: string | undefined): ContainerPreference {
  const wanted = parsePrefer(prefer).get('return');
  const listed = (name: string) => wanted?.parameters.get(name)?.split(/\s+/) ?? [];
  if (wanted?.value !== 'representation') return { minimal: false, iris: null };
  const include = new Set(listed('include'));
  const minimal =
    include.has(`${LDP}PreferMinimalContainer`) ||
    include.has(`${LDP}PreferEmptyContainer`) ||
    listed('omit').includes(`${LDP}PreferContainment`);
  const iris = include.has(`${OA}PreferContainedIRIs`);
  const descriptions = include.has(`${OA}PreferContainedDescriptions`);
  return { minimal, iris: iris === descriptions ? null : iris };
}
