/** Bytes that may wait for one receiver. */
const ROOM = 64 * 1024;

/** One end of an open response: what is written goes out as fast as its receiver reads. */
export type Sink = {
  body: ReadableStream<Uint8Array>;
  /** False where the receiver reads too slowly to have this as well; it is not written then. */
  write: (bytes: Uint8Array) => boolean;
  /** Resolves once there is room, or the receiver is gone. */
  drained: () => Promise<void>;
  /** Ends the response; what waits is sent first. */
  end: () => void;
  /** Breaks the response off, with what waits. */
  drop: () => void;
};

/** A sink for a response; `onGone` is called once, when its receiver is gone or it was ended. */
export function createSink(onGone: () => void): Sink {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  let isOpen = true;
  let wake = () => {};
  const leave = () => {
    if (!isOpen) return;
    isOpen = false;
    wake();
    onGone();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(given) {
        controller = given;
      },
      pull: () => wake(),
      cancel: leave,
    },
    { highWaterMark: ROOM, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return {
    body,
    write(bytes) {
      if (!isOpen) return true;
      if ((controller.desiredSize ?? 0) <= 0) return false;
      controller.enqueue(bytes);
      return true;
    },
    async drained() {
      while (isOpen && (controller.desiredSize ?? 0) <= 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    end() {
      if (isOpen) controller.close();
      leave();
    },
    drop() {
      if (isOpen) controller.error(new Error('This receiver reads too slowly.'));
      leave();
    },
  };
}
