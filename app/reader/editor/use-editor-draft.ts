'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type DraftFields,
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
  change: (part: Partial<DraftFields>) => void;
  /** Whether what is typed survives a reload; null while nothing is typed. */
  isSaved: boolean | null;
  /** Deletes the draft: it was sent or discarded. */
  remove: () => void;
  /** Keeps a deleted draft again, to be opened. */
  restore: () => void;
}

/** The fields of an editor, saved in the browser with every change. */
export function useEditorDraft(purpose: EditorTarget, initial: DraftFields): DraftHandle {
  const scope = useReader(({ draftScope }) => draftScope);
  const [stored] = useState(() => (scope ? loadDraft(localStorage, scope, purpose) : null));
  const [fields, setFields] = useState<DraftFields>(stored?.fields ?? initial);
  const [name] = useState(() => stored?.name ?? newDraftName());
  const [isSaved, setSaved] = useState<boolean | null>(stored ? true : null);
  const latest = useRef({ fields, isTouched: stored !== null });
  const save = useCallback(
    (open: boolean) => {
      const { fields, isTouched } = latest.current;
      if (!scope || !isTouched) return null;
      return saveDraft(localStorage, scope, { purpose, fields, open, saved: Date.now(), name });
    },
    [scope, purpose, name],
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
      });
  }

  return { fields, name, change, isSaved, remove, restore };
}
