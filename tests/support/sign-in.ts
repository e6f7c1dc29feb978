import type { BrowserContext } from '@playwright/test';

/** Signs a browser in as a demo account (`student1`, `instructor`, …), the way the sign-in page does it. */
export async function signIn(context: BrowserContext, account: string): Promise<void> {
  const { csrfToken } = await (await context.request.get('/api/auth/csrf')).json();
  const answer = await context.request.post('/api/auth/callback/credentials', {
    form: {
      csrfToken,
      email: `${account}@demo.example`,
      password: process.env.DEMO_PASSWORD ?? '',
      json: 'true',
    },
  });
  if (!answer.ok()) throw new Error(`${account} could not sign in: ${answer.status()}`);
}
