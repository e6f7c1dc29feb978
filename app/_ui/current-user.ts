'use client';
import type { Me } from '@/lib/identity/schema';
import { api, Problem } from './api-client';

let asked: Promise<Me | null> | undefined;

/** Who is signed in here, or null; asked once for a page, whichever of its parts want to know. */
export function fetchCurrentUser(): Promise<Me | null> {
  asked ??= api<Me>('me').catch((error) => {
    // No answer is not an answer: the next one who asks tries again.
    if (!(error instanceof Problem) || error.status !== 401) asked = undefined;
    return null;
  });
  return asked;
}
