/** Headers that scripts of other sites may send and read, beyond those that Fetch always allows. */
const REQUEST_HEADERS = 'Authorization, Content-Type, If-Match, If-None-Match, Prefer, Accept, Slug';
const RESPONSE_HEADERS = [
  ...['ETag', 'Link', 'Location', 'Allow', 'Accept-Post', 'Content-Location', 'Preference-Applied', 'Vary'],
  ...['Retry-After', 'RateLimit', 'RateLimit-Policy', 'WWW-Authenticate'],
].join(', ');

/**
 * Lets scripts of every site read a response (Fetch §3.2), but never with credentials: other sites cannot use the
 * session cookie, and clients send tokens in Authorization.
 */
export const CORS_HEADERS: Record<string, string> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': RESPONSE_HEADERS,
};

/** Headers that answer a preflight request (Fetch §3.2.2); none for an ordinary OPTIONS. `allow` are the methods. */
export function preflightHeaders(request: Headers, allow: string): Record<string, string> {
  if (!request.has('access-control-request-method')) return {};
  return {
    'Access-Control-Allow-Methods': allow,
    'Access-Control-Allow-Headers': REQUEST_HEADERS,
    'Access-Control-Max-Age': '7200',
  };
}
