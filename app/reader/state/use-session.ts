'use client';
import { useCallback, useEffect, useState } from 'react';
import { fetchCurrentUser } from '@/app/_ui/current-user';
import type { CurrentUser, ReaderGroup } from '../data/api';

export interface ReaderSession {
  /** Undefined until it is known. */
  me: CurrentUser | null | undefined;
  group: ReaderGroup | null;
  chooseGroup: (slug: string) => void;
}

const LAST_GROUP = 'scholion.group';

/** Who reads, and in which of their groups: `?group=`, else the last one, else the first. */
export function useSession(): ReaderSession {
  const [me, setMe] = useState<CurrentUser | null>();
  const [group, setGroup] = useState<ReaderGroup | null>(null);

  useEffect(() => {
    let left = false;
    // Without an answer, or without a session, the text is still there to read.
    void fetchCurrentUser().then((found) => {
      if (left) return;
      setMe(found);
      setGroup(pickGroup(found?.groups ?? []));
    });
    return () => {
      left = true;
    };
  }, []);

  const chooseGroup = useCallback(
    (slug: string) => {
      const chosen = me?.groups.find((group) => group.slug === slug);
      if (!chosen) return;
      const url = new URL(window.location.href);
      url.searchParams.set('group', slug);
      url.searchParams.delete('annotation');
      window.history.replaceState(null, '', url);
      remember(slug);
      setGroup(chosen);
    },
    [me],
  );

  return { me, group, chooseGroup };
}

function pickGroup(groups: ReaderGroup[]): ReaderGroup | null {
  const asked = new URLSearchParams(window.location.search).get('group');
  // A group that is not theirs may still be open to read; the API knows.
  const named =
    asked && (groups.find(({ slug }) => slug === asked) ?? { slug: asked, role: 'reader', name: asked });
  const picked = named || (groups.find(({ slug }) => slug === lastGroup()) ?? groups[0] ?? null);
  if (picked) remember(picked.slug);
  return picked;
}

function lastGroup(): string | null {
  try {
    return localStorage.getItem(LAST_GROUP);
  } catch {
    return null;
  }
}

function remember(slug: string): void {
  try {
    localStorage.setItem(LAST_GROUP, slug);
  } catch {
    // It is only a convenience.
  }
}
