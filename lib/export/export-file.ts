/** A file to download; its bytes are made as they are read. `close` must be called when no more are read. */
export type ExportFile = {
  name: string;
  type: string;
  bytes: AsyncIterableIterator<Uint8Array>;
  close: () => Promise<void>;
};
