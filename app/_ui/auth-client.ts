/** The browser's way to next-auth's own routes, which want a CSRF token of theirs with every form. */

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

/** What became of a try with a password. `minutes`: when to try again, at the earliest. */
export type SignInResult = { ok: true } | { ok: false; minutes?: number };

/** Opens a session. Throws where there was no answer. */
export async function signIn(email: string, password: string): Promise<SignInResult> {
  const { status, url } = await post('callback/credentials', { email, password });
  const error = url.searchParams.get('error');
  if (status === 200 && !error) return { ok: true };
  const [, seconds] = /^rate_limited (\d+)$/.exec(error ?? '') ?? [];
  return { ok: false, ...(seconds && { minutes: Math.ceil(Number(seconds) / 60) }) };
}

/** Asks for a sign-in link by mail; whether there is such an account is not told. */
export async function requestSignInLink(email: string, callbackUrl: string): Promise<void> {
  const { status } = await post('signin/email', { email, callbackUrl });
  if (status >= 500) throw new Error('No link was sent.');
}

/** Where the provider of single sign-on asks its questions. */
export async function singleSignOnUrl(callbackUrl: string): Promise<string> {
  return (await post('signin/oidc', { callbackUrl })).url.href;
}

/** Ends this browser's session. */
export async function signOut(): Promise<void> {
  await post('signout', {});
}
