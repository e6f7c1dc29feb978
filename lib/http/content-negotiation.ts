import { parseAccept } from 'hono/utils/accept';

/** A media type that the server offers; `profile` is the profile of its documents (RFC 6906). */
export type Offer = { type: string; profile?: string };

/**
 * The offer that an Accept header prefers (RFC 9110 §12.5.1); null where it accepts none. The most specific range gives
 * the weight of an offer, and the earlier of two offers with equal weights wins. Without a header it is the first offer.
 * A profile is a hint (RFC 6906 §3): an unknown one in a range is ignored, unless the range has the weight 0.
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

/** The profiles of a range, a list separated by spaces (JSON-LD 1.1 §C). */
function profilesOf(params: Record<string, string>): string[] {
  const [, value = ''] = Object.entries(params).find(([name]) => name.toLowerCase() === 'profile') ?? [];
  return value.split(/\s+/).filter(Boolean);
}
