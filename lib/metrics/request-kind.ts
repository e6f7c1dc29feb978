/** What a request is for, as far as measuring goes: few values, and none that a person chose. */
export const REQUEST_KINDS = ['api', 'events', 'protocol', 'iiif', 'reading', 'page', 'asset'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** The kind of a request by its path; any that is not known is a page. */
export function requestKind(pathname: string): RequestKind {
  if (/^\/api\/v1\/groups\/[^/]+\/events$/.test(pathname)) return 'events';
  if (pathname.startsWith('/api/')) return 'api';
  if (pathname.startsWith('/iiif/')) return 'iiif';
  if (/^(\/groups\/[^/]+)?\/annotations(\/|$)/.test(pathname)) return 'protocol';
  if (/^\/editions\/[^/]+/.test(pathname)) return 'reading';
  return pathname.startsWith('/_next/') || /\.\w+$/.test(pathname) ? 'asset' : 'page';
}
