import type { NextRequest } from 'next/server';
import { rejectCrossSiteWrite } from '@/lib/http/csrf';
import { problemResponse } from '@/lib/http/problem-details';
import { isLocale, negotiateLocale } from '@/lib/i18n';
import { resolveViewer, updateProfile } from '@/lib/identity';
import { AppError } from '@/lib/kernel/errors';

/**
 * Keeps the language that a reader chose, in a cookie and with their account (for mail), and goes back. Answers 400
 * where the form cannot be read, and 403 where another site sent it.
 */
export async function POST(request: NextRequest): Promise<Response> {
  try {
    rejectCrossSiteWrite(request.headers);
    return await keepLocale(request);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const locale = negotiateLocale(
      request.cookies.get('locale')?.value,
      request.headers.get('accept-language'),
    );
    return problemResponse(error, locale);
  }
}

async function keepLocale(request: NextRequest): Promise<Response> {
  const form = await request.formData().catch(() => {
    throw new AppError('malformed', 'Send the form as the page does.');
  });
  const to = String(form.get('to'));
  const headers = new Headers({ Location: pathOf(request.headers.get('referer')) });
  if (isLocale(to)) {
    headers.set('Set-Cookie', `locale=${to}; Path=/; Max-Age=31536000; SameSite=Lax`);
    const viewer = await resolveViewer(new Headers({ cookie: request.headers.get('cookie') ?? '' }));
    if (viewer.id !== null) await updateProfile(viewer, { locale: to });
  }
  return new Response(null, { status: 303, headers });
}

/** The path of the referring page, without its host, so that this cannot redirect to another site. */
function pathOf(referer: string | null): string {
  if (!referer || !URL.canParse(referer)) return '/';
  const { pathname, search } = new URL(referer);
  return pathname.startsWith('//') ? '/' : pathname + search;
}
