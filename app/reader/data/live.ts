/** Age in milliseconds from which shown annotations are loaded again when the reader comes back to the page. */
const FRESH = 20_000;

/**
 * Calls `refresh` whenever what others wrote may be newer than what is shown: when the reader comes back to
 * the page after a while, where no event stream tells of it. Returns a function that stops it.
 */
export function watchForChanges(refresh: () => unknown): () => void {
  let loaded = Date.now();
  function onVisibilityChange(): void {
    if (document.visibilityState !== 'visible' || Date.now() - loaded <= FRESH) return;
    loaded = Date.now();
    refresh();
  }
  document.addEventListener('visibilitychange', onVisibilityChange);
  return () => document.removeEventListener('visibilitychange', onVisibilityChange);
}
