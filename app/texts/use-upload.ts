'use client';
import { useRef, useState } from 'react';
import { type Problem, toProblem } from '@/app/_ui/api-client';

/** An upload that can be stopped. `stopped` says that the person did. */
export type Upload = {
  busy: boolean;
  problem: Problem | null;
  stopped: boolean;
  run: (send: (signal: AbortSignal) => Promise<void>) => Promise<void>;
  stop: () => void;
};

/** The state of an upload; what was chosen and typed stays where it fails. */
export function useUpload(): Upload {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [stopped, setStopped] = useState(false);
  const controller = useRef<AbortController | null>(null);

  async function run(send: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (busy) return;
    const started = new AbortController();
    controller.current = started;
    setBusy(true);
    setProblem(null);
    setStopped(false);
    try {
      await send(started.signal);
    } catch (error) {
      if (started.signal.aborted) setStopped(true);
      else setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  }

  return { busy, problem, stopped, run, stop: () => controller.current?.abort() };
}
