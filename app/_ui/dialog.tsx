'use client';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import styles from './dialog.module.css';

/** A modal dialog while it is mounted: the browser's own, with its focus trap and its Escape. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

/** The row of a dialog's buttons: the quiet way out first, then what is to be done. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return <div className={styles.end}>{children}</div>;
}
