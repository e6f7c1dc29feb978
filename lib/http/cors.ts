/** What a script of another site may send, and may read of the answer, beside what Fetch always allows. */
const REQUEST_HEADERS = 'Authorization, Content-Type, If-Match, If-None-Match, Prefer, Accept, Slug';
const RESPONSE_HEADERS = [
  ...['ETag', 'Link', 'Location', 'Allow', 'Accept-Post', 'Content-Location', 'Preference-Applied', 'Vary'],
  ...['Retry-After', 'RateLimit', 'RateLimit-Policy', 'WWW-Authenticate'],
].join(', ');

/**
 * Lets scripts of every site read an answer (Fetch §3.2). Never with credentials: a cookie opens nothing to another
 * site, and who has a token sends it in Authorization.
 */
export const CORS_HEADERS: Record<string, string> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': RESPONSE_HEADERS,
};

/**
 * Headers that answer a pre-flight (Fetch §3.2.2) of a resource whose methods are `allow`; none where the request is
 * an ordinary OPTIONS.
 */
export function preflightHeaders(request: Headers, allow: string): Record<string, string> {
  if (!request.has('access-control-request-method')) return {};
  return {
    'Access-Control-Allow-Methods': allow,
    'Access-Control-Allow-Headers': REQUEST_HEADERS,
    'Access-Control-Max-Age': '7200',
  };
}
