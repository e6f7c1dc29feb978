'use client';
import type { ReactNode } from 'react';

/** The way to what a notice is about, which reads it. It is no link of Next's, because a reading page is loaded as a whole. */
export function NoticeLink({ id, href, children }: { id: string; href: string; children: ReactNode }) {
  function read(): void {
    // The page is left at once: `keepalive` lets the request go on, which the client of the API does not offer.
    void fetch('/api/v1/notices', {
      method: 'PATCH',
      keepalive: true,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ read: [id] }),
    }).catch(() => {});
  }
  return (
    <a href={href} onClick={read}>
      {children}
    </a>
  );
}
