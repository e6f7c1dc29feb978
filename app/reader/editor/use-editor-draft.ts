'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type DraftFields,
  type DraftOrigin,
  deleteDraft,
  type EditorTarget,
  loadDraft,
  newDraftName,
  saveDraft,
} from '../data/editor-draft';
import { useReader } from '../state/use-reader';

export interface DraftHandle {
  fields: DraftFields;
  /** What the draft is called when it is sent. */
  name: string;
  /** What the note said when its change was begun; undefined for a new one. */
  from: DraftOrigin | undefined;
  change: (part: Partial<DraftFields>) => void;
  /** Whether what is typed survives a reload; null while nothing is typed. */
  isSaved: boolean | null;
  /** Deletes the draft: it was sent or discarded. */
  remove: () => void;
  /** Keeps a deleted draft again, to be opened. */
  restore: () => void;
}

/**
 * The fields of an editor, saved in the browser with every change, in the group in which they were begun. `now` is the note
 * that is changed, as it is.
 */
export function useEditorDraft(
  purpose: EditorTarget,
  initial: DraftFields,
  now: DraftOrigin | undefined,
): DraftHandle {
  const scopeNow = useReader(({ draftScope }) => draftScope);
  // Another group may be shown while the editor is open: the draft stays where it was begun.
  const [scope] = useState(scopeNow);
  const [stored] = useState(() => (scope ? loadDraft(localStorage, scope, purpose) : null));
  const [fields, setFields] = useState<DraftFields>(stored?.fields ?? initial);
  const [name] = useState(() => stored?.name ?? newDraftName());
  const [from] = useState(stored?.from ?? now);
  const [isSaved, setSaved] = useState<boolean | null>(stored ? true : null);
  const latest = useRef({ fields, isTouched: stored !== null });
  const save = useCallback(
    (open: boolean) => {
      const { fields, isTouched } = latest.current;
      if (!scope || !isTouched) return null;
      const draft = { purpose, fields, open, saved: Date.now(), name };
      return saveDraft(localStorage, scope, { ...draft, ...(from && { from }) });
    },
    [scope, purpose, name, from],
  );

  // A draft whose editor was closed does not open again by itself; one that a reload cut off does.
  useEffect(() => {
    save(true);
    return () => {
      save(false);
    };
  }, [save]);

  function change(part: Partial<DraftFields>): void {
    latest.current = { fields: { ...latest.current.fields, ...part }, isTouched: true };
    setFields(latest.current.fields);
    setSaved(save(true));
  }

  function remove(): void {
    latest.current.isTouched = false;
    if (scope) deleteDraft(localStorage, scope, purpose);
  }

  function restore(): void {
    if (scope)
      saveDraft(localStorage, scope, {
        purpose,
        fields: latest.current.fields,
        open: true,
        saved: Date.now(),
        name,
        ...(from && { from }),
      });
  }

  return { fields, name, from, change, isSaved, remove, restore };
}
