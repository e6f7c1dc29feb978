'use client';
import type { IconNode } from 'lucide';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, IconButton } from '@/app/_ui/button';
import styles from './disclosure.module.css';

/** A button with a panel under it, which closes by Escape and by a press anywhere else. */
export function Disclosure({
  icon,
  label,
  isIconAlone = false,
  badge,
  children,
}: {
  icon: IconNode;
  label: string;
  isIconAlone?: boolean;
  badge?: ReactNode;
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    function onPress({ target }: PointerEvent): void {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false);
    }
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, [isOpen]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !isOpen || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    event.preventDefault();
    setOpen(false);
    box.current?.querySelector('button')?.focus();
  }

  const button = { 'aria-expanded': isOpen, onClick: () => setOpen(!isOpen), small: true } as const;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape bubbles here from the panel
    <div ref={box} className={styles.box} onKeyDown={onKeyDown}>
      {isIconAlone ? (
        <IconButton {...button} icon={icon} label={label} />
      ) : (
        <Button {...button} look="quiet" icon={icon}>
          {label}
          {badge}
        </Button>
      )}
      {isOpen && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
        <div className={styles.panel} role="group" aria-label={label}>
          {children}
        </div>
      )}
    </div>
  );
}
