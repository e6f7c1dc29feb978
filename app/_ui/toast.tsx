'use client';
import { useEffect, useState } from 'react';
import styles from './notice.module.css';

const EVENT = 'scholion:toast';

/** Says `text` at the foot of the page for a while, and to screen readers. */
export function toast(text: string): void {
  window.dispatchEvent(new CustomEvent(EVENT, { detail: text }));
}

/** Where toasts appear: once, in the layout. */
export function ToastRegion() {
  const [text, setText] = useState('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function show(event: Event) {
      setText((event as CustomEvent<string>).detail);
      clearTimeout(timer);
      timer = setTimeout(() => setText(''), 6_000);
    }
    window.addEventListener(EVENT, show);
    return () => {
      window.removeEventListener(EVENT, show);
      clearTimeout(timer);
    };
  }, []);
  return (
    <div role="status" className={styles.toast}>
      {text}
    </div>
  );
}
