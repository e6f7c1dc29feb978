import { listDrafts } from '../data/editor-draft';
import { openLinkedThread } from './navigation';
import { type ReaderStore, type ReaderStoreState, watch } from './store';

/**
 * Once the annotations are loaded: opens the annotation of `?annotation=`, and what the reader was writing when the page
 * or the session went away. `onMissing` is called where the address names an annotation that is not here.
 */
export function followDeepLink(store: ReaderStore, onMissing: () => void): () => void {
  let done: string | null = null;
  return watch(store, readyKey, (key) => {
    if (key === null || done === key) return;
    done = key;
    const { active, overlapChoices, editor, summaries, draftScope } = store.getState();
    // A reader who opened or began something while the annotations were loading is not called away from it.
    if (active !== null || overlapChoices.length > 0 || editor) return;
    const requested = new URLSearchParams(window.location.search).get('annotation');
    const summary = requested ? summaries.get(requested) : undefined;
    if (summary) openLinkedThread(store, summary.root, summary.id);
    else if (requested) onMissing();
    const draft = draftScope && listDrafts(localStorage, draftScope).find(({ open }) => open);
    if (!draft) return;
    // Whoever follows a link wants that note: a draft of another thread stays in the list of drafts.
    if (summary && (draft.purpose.what === 'gloss' || draft.purpose.root !== summary.root)) return;
    if (draft.purpose.what !== 'gloss') openLinkedThread(store, draft.purpose.root);
    store.dispatch({ type: 'openEditor', purpose: draft.purpose, kind: draft.fields.kind });
  });
}

/** The reader and group whose annotations are loaded; null until they are. */
function readyKey({ status, draftScope }: ReaderStoreState): string | null {
  return status === 'ready' ? `${draftScope?.user} ${draftScope?.group} ${draftScope?.section}` : null;
}
