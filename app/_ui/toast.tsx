'use client';
import { useEffect, useState } from 'react';
import styles from './toast.module.css';

const EVENT = 'scholion:toast';

/** Milliseconds that a toast stays; longer where it offers an action. */
const SHOWN = 6_000;
const SHOWN_WITH_ACTION = 15_000;

interface Message {
  text: string;
  action?: { label: string; run: () => void };
}

/** Shows `text` for a while, also to screen readers; with a button where an `action` is offered, such as undo. */
export function toast(text: string, action?: Message['action']): void {
  window.dispatchEvent(new CustomEvent<Message>(EVENT, { detail: { text, action } }));
}

/** The place of all toasts: once, in the layout. */
export function ToastRegion() {
  const [message, setMessage] = useState<Message | null>(null);

  useEffect(() => {
    const show = (event: Event) => setMessage((event as CustomEvent<Message>).detail);
    window.addEventListener(EVENT, show);
    return () => window.removeEventListener(EVENT, show);
  }, []);

  useEffect(() => {
    if (!message) return;
    const timer = setTimeout(() => setMessage(null), message.action ? SHOWN_WITH_ACTION : SHOWN);
    return () => clearTimeout(timer);
  }, [message]);

  return (
    <div role="status" className={styles.toast}>
      {message?.text}
      {message?.action && (
        <button
          type="button"
          onClick={() => {
            message.action?.run();
            setMessage(null);
          }}
        >
          {message.action.label}
        </button>
      )}
    </div>
  );
}
