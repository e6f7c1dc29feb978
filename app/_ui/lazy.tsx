'use client';
import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';

/** A part of a page whose code comes late; `fetch` brings it before it is shown. */
export type LazyComponent<P> = ComponentType<P & Fallback> & { fetch: () => void };

type Fallback = { waiting?: ReactNode };
type Source<P> = { load: () => Promise<{ default: ComponentType<P> }>; known?: ComponentType<P> };

/**
 * A part whose code comes when it is first shown, with `waiting` in its place until then. Where it does not come, that
 * is said there, with a way to try again: React's own `lazy` would take the whole page with it, and never try twice.
 */
export function lazy<P extends object>(load: Source<P>['load']): LazyComponent<P> {
  const source: Source<P> = { load };
  const show = ({ waiting, ...props }: P & Fallback) => (
    <LazyPart source={source} props={props as P} waiting={waiting} />
  );
  // Where it fails now, it is tried again when it is shown.
  return Object.assign(show, { fetch: () => void fetchComponent(source).catch(() => {}) });
}

async function fetchComponent<P>(source: Source<P>): Promise<ComponentType<P>> {
  source.known = (await source.load()).default;
  return source.known;
}

function LazyPart<P extends object>({
  source,
  props,
  waiting,
}: {
  source: Source<P>;
  props: P;
  waiting: ReactNode;
}) {
  const [Part, setPart] = useState(() => source.known);
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    if (Part || isLost) return;
    let left = false;
    fetchComponent(source)
      .then((part) => !left && setPart(() => part))
      .catch(() => !left && setLost(true));
    return () => {
      left = true;
    };
  }, [source, Part, isLost]);
  if (Part) return <Part {...props} />;
  return isLost ? <LoadFailure onAgain={() => setLost(false)} /> : waiting;
}

function LoadFailure({ onAgain }: { onAgain: () => void }) {
  const t = useTranslations('common');
  return (
    <p role="alert">
      {t('error.part')}{' '}
      <button type="button" onClick={onAgain}>
        {t('error.again')}
      </button>
    </p>
  );
}
