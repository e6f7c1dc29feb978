/** The browser's client of next-auth's routes, which require their own CSRF token with every form. */

async function post(path: string, fields: Record<string, string>): Promise<{ status: number; url: URL }> {
  const { csrfToken } = await (await fetch('/api/auth/csrf')).json();
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
  });
  const answer: { url?: string } = await response.json().catch(() => ({}));
  return { status: response.status, url: new URL(answer.url ?? '/', window.location.origin) };
}

/** The result of signing in with a password. `minutes`: how long to wait before the next attempt. */
export type SignInResult = { ok: true } | { ok: false; minutes?: number };

/** Signs in with a password. Throws where there was no answer. */
export async function signIn(email: string, password: string): Promise<SignInResult> {
  const { status, url } = await post('callback/credentials', { email, password });
  const error = url.searchParams.get('error');
  if (status === 200 && !error) return { ok: true };
  const [, seconds] = /^rate_limited (\d+)$/.exec(error ?? '') ?? [];
  return { ok: false, ...(seconds && { minutes: Math.ceil(Number(seconds) / 60) }) };
}

/** Requests a sign-in link by mail. The answer does not disclose whether there is such an account. */
export async function requestSignInLink(email: string, callbackUrl: string): Promise<void> {
  const { status } = await post('signin/email', { email, callbackUrl });
  if (status >= 500) throw new Error('No link was sent.');
}

/** The address of the single sign-on provider. */
export async function singleSignOnUrl(callbackUrl: string): Promise<string> {
  return (await post('signin/oidc', { callbackUrl })).url.href;
}

/** Ends this browser's session. */
export async function signOut(): Promise<void> {
  await post('signout', {});
}
