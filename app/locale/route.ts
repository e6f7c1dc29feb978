import type { NextRequest } from 'next/server';
import { isLocale } from '@/lib/i18n';
import { resolveViewer, updateProfile } from '@/lib/identity';

/** Keeps the language that a reader chose, in a cookie and with their account (for mail), and goes back. */
export async function POST(request: NextRequest): Promise<Response> {
  const to = String((await request.formData()).get('to'));
  const headers = new Headers({ Location: pathOf(request.headers.get('referer')) });
  if (isLocale(to)) {
    headers.set('Set-Cookie', `locale=${to}; Path=/; Max-Age=31536000; SameSite=Lax`);
    const viewer = await resolveViewer(new Headers({ cookie: request.headers.get('cookie') ?? '' }));
    if (viewer.id !== null) await updateProfile(viewer, { locale: to });
  }
  return new Response(null, { status: 303, headers });
}

/** Only the path of where it came from, so that this leads nowhere else. */
function pathOf(referer: string | null): string {
  if (!referer || !URL.canParse(referer)) return '/';
  const { pathname, search } = new URL(referer);
  return pathname.startsWith('//') ? '/' : pathname + search;
}
