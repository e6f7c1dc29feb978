'use client';
import { useRef, useState } from 'react';
import type { Problem } from '@/app/_ui/api-client';
import { useSubmit } from '@/app/_ui/use-submit';

/** Sends a file; tells `onSent` which share of it has gone out, from 0 to 1. */
type Send = (options: { signal: AbortSignal; onSent: (share: number) => void }) => Promise<void>;

/** An upload that can be stopped. `sent` is the share of the file that has gone out; `stopped` says that the person stopped it. */
export type Upload = {
  busy: boolean;
  sent: number;
  problem: Problem | null;
  stopped: boolean;
  run: (send: Send) => Promise<void>;
  stop: () => void;
};

/** The submission of a form whose sending can be stopped; what was chosen and typed stays where it fails. */
export function useUpload(): Upload {
  const { busy, refusal, run } = useSubmit('');
  const [sent, setSent] = useState(0);
  const [stopped, setStopped] = useState(false);
  const controller = useRef<AbortController | null>(null);

  function start(send: Send): Promise<void> {
    return run(async () => {
      const started = new AbortController();
      controller.current = started;
      setStopped(false);
      setSent(0);
      try {
        await send({ signal: started.signal, onSent: setSent });
      } catch (error) {
        if (!started.signal.aborted) throw error;
        setStopped(true);
      }
    });
  }

  return { busy, sent, problem: refusal, stopped, run: start, stop: () => controller.current?.abort() };
}
