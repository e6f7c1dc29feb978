'use client';
import type { Me } from '@/lib/identity/schema';
import { api, Problem } from './api-client';

let request: Promise<Me | null> | undefined;

/** Who is signed in, or null. One request for a page, however many of its parts want to know. */
export function fetchCurrentUser(): Promise<Me | null> {
  // A guest is no fault: a browser would write a 401 into its console.
  request ??= api('GET /me', { query: { optional: '1' } }).then(
    (me) => me as Me | null,
    (error) => {
      // Only a 401 says that nobody is signed in; after any other failure the next caller tries again.
      if (!(error instanceof Problem) || error.status !== 401) request = undefined;
      return null;
    },
  );
  return request;
}
