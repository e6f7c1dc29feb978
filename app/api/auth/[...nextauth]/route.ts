import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/lib/identity/auth-options';

async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  const response: Response = await NextAuth(request, context, authOptions());
  return response;
}

export { handle as GET, handle as POST };
