/** The sign-in page, which leads back here. */
export function signInUrl(): string {
  const { pathname, search, hash } = window.location;
  return `/signin?callbackUrl=${encodeURIComponent(pathname + search + hash)}`;
}
