import { parseAccept } from 'hono/utils/accept';

/** A media type that a server has to offer; `profile` is the profile that its documents follow (RFC 6906). */
export type Offer = { type: string; profile?: string };

/**
 * The offer that an Accept header likes best (RFC 9110 §12.5.1), or null where it takes none of them. The most
 * specific range decides on an offer's weight, and of equal weights the earlier offer wins. Without a header the
 * first offer is taken. A profile is a hint (RFC 6906 §3): a range with an unknown one is read as if it had none,
 * unless it refuses just that.
 */
export function preferredOffer<O extends Offer>(accept: string | undefined, offers: readonly O[]): O | null {
  if (!accept?.trim()) return offers[0] ?? null;
  const ranges = parseAccept(accept);
  let best: { offer: O; weight: number } | null = null;
  for (const offer of offers) {
    let [weight, specific] = [0, -1];
    for (const { type, params, q } of ranges) {
      const profiles = profilesOf(params);
      const isNamed = offer.profile !== undefined && profiles.includes(offer.profile);
      if (profiles.length > 0 && !isNamed && q === 0) continue;
      const rank = specificity(type.toLowerCase(), offer.type) + (isNamed ? 1 : 0);
      if (rank > specific || (rank === specific && q > weight)) [weight, specific] = [q, rank];
    }
    if (specific >= 0 && weight > (best?.weight ?? 0)) best = { offer, weight };
  }
  return best?.offer ?? null;
}

/** How closely a range names a type; below 0 where it does not match. */
function specificity(range: string, type: string): number {
  if (range === type) return 4;
  if (range === `${type.split('/')[0]}/*`) return 2;
  return range === '*/*' ? 0 : -2;
}

/** The profiles that a range asks for: a list with spaces between (JSON-LD 1.1 §C). */
function profilesOf(params: Record<string, string>): string[] {
  const [, value = ''] = Object.entries(params).find(([name]) => name.toLowerCase() === 'profile') ?? [];
  return value.split(/\s+/).filter(Boolean);
}
