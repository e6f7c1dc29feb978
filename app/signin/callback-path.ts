/**
 * Where to go after signing in: `asked` if it is a path of this site, else home. An address of another site, in any
 * disguise that a browser would follow (`//host`, `/\host`, `javascript:`), is home too.
 */
export function callbackPath(asked: string | string[] | undefined): string {
  const here = 'http://here.invalid';
  if (typeof asked !== 'string' || !asked.startsWith('/') || !URL.canParse(asked, here)) return '/';
  const { origin, pathname, search, hash } = new URL(asked, here);
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/';
}
