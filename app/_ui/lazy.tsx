'use client';
import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';

/** A module that is loaded later, once for a page. */
export interface LazyModule<M> {
  load: () => Promise<M>;
  loaded: M | null;
}

export function lazyModule<M>(load: () => Promise<M>): LazyModule<M> {
  return { load, loaded: null };
}

/** Loads a module before it is needed. A failure is of no consequence: it is loaded again when it is needed. */
export function prefetch<M>(source: LazyModule<M>): void {
  void loadModule(source).catch(() => {});
}

async function loadModule<M>(source: LazyModule<M>): Promise<M> {
  source.loaded = await source.load();
  return source.loaded;
}

/** A module once `isWanted`; null until it is loaded, and whether that failed, with a way to try again. */
export function useLazyModule<M>(
  source: LazyModule<M>,
  isWanted = true,
): { module: M | null; isFailed: boolean; retry: () => void } {
  const [module, setModule] = useState(() => source.loaded);
  const [isFailed, setFailed] = useState(false);

  useEffect(() => {
    if (module || isFailed || !isWanted) return;
    let isStopped = false;
    loadModule(source)
      .then((loaded) => !isStopped && setModule(loaded))
      .catch(() => !isStopped && setFailed(true));
    return () => {
      isStopped = true;
    };
  }, [source, module, isFailed, isWanted]);

  return { module, isFailed, retry: () => setFailed(false) };
}

/** A part of a page that is loaded when it is first shown; `fetch` loads it before. */
export type LazyComponent<P> = ComponentType<P & Fallback> & { fetch: () => void };

type Fallback = { waiting?: ReactNode };

/**
 * A part that is loaded when it is first shown, with `waiting` in its place until then. Where loading fails, it says so
 * with a way to try again: React's own `lazy` would fail the whole page, and never try twice.
 */
export function lazy<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): LazyComponent<P> {
  const source = lazyModule(load);
  const show = ({ waiting, ...props }: P & Fallback) => (
    <LazyPart source={source} props={props as P} waiting={waiting} />
  );
  return Object.assign(show, { fetch: () => prefetch(source) });
}

function LazyPart<P extends object>({
  source,
  props,
  waiting,
}: {
  source: LazyModule<{ default: ComponentType<P> }>;
  props: P;
  waiting: ReactNode;
}) {
  const { module, isFailed, retry } = useLazyModule(source);
  if (!module) return isFailed ? <LoadFailure onRetry={retry} /> : waiting;
  const Part = module.default;
  return <Part {...props} />;
}

/** Says that a part could not be loaded, with a button to try again. */
export function LoadFailure({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('common');
  return (
    <p role="alert">
      {t('error.part')}{' '}
      <button type="button" onClick={onRetry}>
        {t('error.again')}
      </button>
    </p>
  );
}
