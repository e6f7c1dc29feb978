import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { problemResponse } from '@/lib/http/problem-details';
import { negotiateLocale } from '@/lib/i18n';
import { authOptions } from '@/lib/identity/auth-options';
import { AppError } from '@/lib/kernel/errors';

async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  // next-auth reads the body without a guard, and fails on what it cannot read.
  if (request.method === 'POST' && !(await isReadableForm(request.clone()))) {
    const locale = negotiateLocale(
      request.cookies.get('locale')?.value,
      request.headers.get('accept-language'),
    );
    return problemResponse(new AppError('malformed', 'Send the form as the page does.'), locale);
  }
  const response: Response = await NextAuth(request, context, authOptions());
  return response;
}

/** Whether the body is what its media type says: JSON that is an object, or a form. */
async function isReadableForm(request: Request): Promise<boolean> {
  const type = request.headers.get('content-type') ?? '';
  try {
    if (!type.includes('application/json')) return (await request.formData()) !== null;
    const body = await request.json();
    return typeof body === 'object' && body !== null;
  } catch {
    return false;
  }
}

export { handle as GET, handle as POST };
