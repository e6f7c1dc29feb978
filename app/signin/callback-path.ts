/**
 * The page to open after signing in: `asked` if it is a path of this site, else the home page, also for addresses of
 * other sites in any form that a browser would follow (`//host`, `/\host`, `javascript:`).
 */
export function callbackPath(asked: string | string[] | undefined): string {
  const here = 'http://here.invalid';
  if (typeof asked !== 'string' || !asked.startsWith('/') || !URL.canParse(asked, here)) return '/';
  const { origin, pathname, search, hash } = new URL(asked, here);
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/';
}
