'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type DraftFields, deleteDraft, type EditorTarget, loadDraft, saveDraft } from '../data/editor-draft';
import { useReader } from '../state/context';

export interface DraftHandle {
  fields: DraftFields;
  change: (part: Partial<DraftFields>) => void;
  /** Whether what is typed survives a reload; null while nothing is typed. */
  kept: boolean | null;
  /** Forget it: sent, or thrown away. */
  drop: () => void;
}

/** The fields of an editor, kept in the browser with every key that is pressed. */
export function useEditorDraft(purpose: EditorTarget, initial: DraftFields): DraftHandle {
  const { desk } = useReader();
  const [start] = useState(() => (desk ? loadDraft(localStorage, desk, purpose) : null));
  const [fields, setFields] = useState<DraftFields>(start?.fields ?? initial);
  const [kept, setKept] = useState<boolean | null>(start ? true : null);
  const latest = useRef({ fields, touched: start !== null });

  const keep = useCallback(
    (open: boolean) => {
      if (!desk || !latest.current.touched) return null;
      return saveDraft(localStorage, desk, {
        purpose,
        fields: latest.current.fields,
        open,
        saved: Date.now(),
      });
    },
    [desk, purpose],
  );

  // An editor that was left on this page does not open again by itself; one that a reload cut off does.
  useEffect(() => {
    keep(true);
    return () => {
      keep(false);
    };
  }, [keep]);

  function change(part: Partial<DraftFields>): void {
    latest.current = { fields: { ...latest.current.fields, ...part }, touched: true };
    setFields(latest.current.fields);
    setKept(keep(true));
  }

  function drop(): void {
    latest.current.touched = false;
    if (desk) deleteDraft(localStorage, desk, purpose);
  }

  return { fields, change, kept, drop };
}
