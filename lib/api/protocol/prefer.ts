import { parsePrefer } from '@/lib/http/prefer-header';

const LDP = 'http://www.w3.org/ns/ldp#';
const OA = 'http://www.w3.org/ns/oa#';

/** The representation of a container that a client prefers; `iris` null: no preference. */
export type ContainerPreference = { minimal: boolean; iris: boolean | null };

/**
 * Reads the Prefer header for a container (Web Annotation Protocol §4.2.1; LDP §7.2.2, where a minimal container is also
 * called empty, or requested by omitting the containment). IRIs and descriptions at once are no preference.
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
