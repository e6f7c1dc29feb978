'use client';
import { useRef, useState } from 'react';
import type { Problem } from '@/app/_ui/api-client';
import { useSubmit } from '@/app/_ui/use-submit';

/** An upload that can be stopped. `stopped` says that the person did. */
export type Upload = {
  busy: boolean;
  problem: Problem | null;
  stopped: boolean;
  run: (send: (signal: AbortSignal) => Promise<void>) => Promise<void>;
  stop: () => void;
};

/** The submission of a form whose sending can be stopped; what was chosen and typed stays where it fails. */
export function useUpload(): Upload {
  const { busy, refusal, run } = useSubmit('');
  const [stopped, setStopped] = useState(false);
  const controller = useRef<AbortController | null>(null);

  function start(send: (signal: AbortSignal) => Promise<void>): Promise<void> {
    return run(async () => {
      const started = new AbortController();
      controller.current = started;
      setStopped(false);
      try {
        await send(started.signal);
      } catch (error) {
        if (!started.signal.aborted) throw error;
        setStopped(true);
      }
    });
  }

  return { busy, problem: refusal, stopped, run: start, stop: () => controller.current?.abort() };
}
