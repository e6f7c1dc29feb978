'use client';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { Menu as Base } from '@base-ui/react/menu';
import { Check, type IconNode } from 'lucide';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { Icon } from './icon';
import styles from './menu.module.css';

/*
 * Menus of Base UI in our look: arrow keys, first letters, Escape, focus that comes back. A page loads this when a menu
 * is first opened (`lazy`), so that its first script does not carry it.
 */

type Props = {
  label: string;
  /** The button that the menu hangs on, and that has the focus again when it closes. */
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ReactNode;
};

/** An open menu. It is shown while it is mounted. */
export function Menu({ label, anchor, onClose, children }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  // It was opened by a button that is not Base UI's own, which would have moved the focus into it.
  useEffect(() => {
    const frame = requestAnimationFrame(() =>
      popup.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <CSPProvider disableStyleElements>
      <Base.Root
        open
        modal={false}
        onOpenChange={(open, { event }) => {
          // A press on the button closes the menu by the button's own handler, and would open it again here.
          if (!open && !anchor.current?.contains(event.target as Node)) onClose();
        }}
      >
        <Base.Portal>
          <Base.Positioner className={styles.positioner} anchor={anchor} align="end" sideOffset={6}>
            <Base.Popup ref={popup} className={styles.menu} aria-label={label} finalFocus={anchor}>
              {children}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </CSPProvider>
  );
}

/** An item that does something. */
export function MenuItem({
  icon,
  onChoose,
  children,
}: {
  icon?: IconNode;
  onChoose: () => void;
  children: ReactNode;
}) {
  return (
    <Base.Item className={styles.item} onClick={onChoose}>
      {icon && <Icon of={icon} />}
      {children}
    </Base.Item>
  );
}

/** An item that leads somewhere. */
export function MenuLink({ icon, href, children }: { icon?: IconNode; href: string; children: ReactNode }) {
  return (
    <Base.LinkItem className={styles.item} href={href}>
      {icon && <Icon of={icon} />}
      {children}
    </Base.LinkItem>
  );
}

type ChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; text: string; language?: string }[];
  onChoose: (value: Value) => void;
};

/** One of a few values, with a tick at the one that holds. */
export function MenuChoice<Value extends string>({ label, value, options, onChoose }: ChoiceProps<Value>) {
  return (
    <Base.Group>
      <Base.GroupLabel className={styles.label}>{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={onChoose}>
        {options.map((option) => (
          <Base.RadioItem
            key={option.value}
            value={option.value}
            lang={option.language}
            className={styles.item}
            closeOnClick
          >
            <span className={styles.chosen}>
              <Base.RadioItemIndicator>
                <Icon of={Check} />
              </Base.RadioItemIndicator>
            </span>
            {option.text}
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

/** Who or what a menu is about. */
export function MenuHead({ children }: { children: ReactNode }) {
  return <div className={styles.label}>{children}</div>;
}

export function MenuRule() {
  return <Base.Separator className={styles.rule} />;
}
