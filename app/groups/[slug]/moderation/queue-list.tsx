'use client';
import { Keyboard } from 'lucide';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { Check } from '@/app/_ui/field';
import { readSetting, writeSetting } from '@/app/_ui/stored-setting';
import { useTranslations } from '@/lib/i18n/client';
import type { Look } from '@/lib/moderation/schema';
import styles from './moderation.module.css';

/** The keys of the queue, and the action that each presses on the item that has the focus. */
const ACTION_OF = {
  a: 'approve',
  r: 'restore',
  s: 'revise',
  h: 'hide',
  d: 'deny',
  f: 'refuse-appeal',
  o: 'open',
} as const;
const SETTING = 'queue-keys';
/** How often the server is told what is looked at, in milliseconds; it believes that for a minute. */
const LOOK_EVERY_MS = 20_000;

type Props = { group: string; items: { id: string; content: ReactNode }[] };

/**
 * The queue by keyboard, and who else looks at what. Whoever finds keys in the way switches them off (WCAG 2.2 §2.1.4); each does
 * what a button does.
 */
export function QueueList({ group, items }: Props) {
  const t = useTranslations('moderation');
  const list = useRef<HTMLUListElement>(null);
  const [isListed, setListed] = useState(false);
  const [isOn, setOn] = useState(true);
  const [current, setCurrent] = useState<string | null>(null);
  const looks = useLooks(group, current);
  useEffect(() => setOn(readSetting(SETTING) !== 'off'), []);

  const step = useCallback((by: 1 | -1) => {
    const all = [...(list.current?.children ?? [])] as HTMLElement[];
    const at = all.findIndex((item) => item.contains(document.activeElement));
    const next = all[at === -1 ? (by === 1 ? 0 : all.length - 1) : at + by];
    next?.focus();
  }, []);

  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const { key, target, ctrlKey, metaKey, altKey, isComposing } = event;
      // What was focused in a dialog keeps the focus for a moment after it was closed.
      const isTyping =
        target instanceof Element &&
        target.closest('dialog:not([open])') === null &&
        target.closest('input, textarea, select, dialog') !== null;
      if (ctrlKey || metaKey || altKey || isComposing || isTyping) return;
      if (key === '?') setListed(true);
      else if (!isOn) return;
      else if (key === 'j' || key === 'k') step(key === 'j' ? 1 : -1);
      else if (key in ACTION_OF) {
        const item = document.activeElement?.closest('[data-queue-item]');
        const button = item?.querySelector<HTMLElement>(`[data-action="${ACTION_OF[key as 'a']}"]`);
        if (!button) return;
        button.click();
      } else return;
      event.preventDefault();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [isOn, step]);

  return (
    <>
      {items.length > 0 && (
        <p>
          <Button look="quiet" small icon={Keyboard} onClick={() => setListed(true)}>
            {t('keys')}
          </Button>
        </p>
      )}
      <ul className={styles.queue} ref={list}>
        {items.map(({ id, content }) => (
          <li key={id} data-queue-item={id} tabIndex={-1} onFocus={() => setCurrent(id)}>
            {looks
              .filter(({ annotation }) => annotation === id)
              .map(({ by }) => (
                <p key={by.id} className="small" role="status">
                  {t('looking', { name: by.name })}
                </p>
              ))}
            {content}
          </li>
        ))}
      </ul>
      {isListed && (
        <Dialog title={t('keys')} onClose={() => setListed(false)}>
          <dl className={styles.keys}>
            {(['?', 'j', 'k', ...(Object.keys(ACTION_OF) as (keyof typeof ACTION_OF)[])] as const).map(
              (key) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{t(`key.${key === '?' ? 'list' : key}`)}</dd>
                </div>
              ),
            )}
          </dl>
          <Check
            label={t('keys.on')}
            hint={t('keys.onHint')}
            checked={isOn}
            onChange={({ currentTarget: { checked } }) => {
              setOn(checked);
              writeSetting(SETTING, checked ? null : 'off');
            }}
          />
          <DialogButtons>
            <Button look="primary" onClick={() => setListed(false)}>
              {t('close')}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </>
  );
}

/** Tells the server which item has the focus, while the page is seen, and gives what others look at. */
function useLooks(group: string, current: string | null): Look[] {
  const [looks, setLooks] = useState<Look[]>([]);
  useEffect(() => {
    const tell = () => {
      if (document.visibilityState === 'hidden') return;
      const call = api('PUT /groups/:group/moderation/looking', {
        param: { group },
        json: { annotation: current },
      });
      // Who looks is a courtesy: without it the version that goes with a decision still refuses the second one.
      call.then(({ items }) => setLooks(items)).catch(() => setLooks([]));
    };
    tell();
    const timer = setInterval(tell, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [group, current]);
  return looks;
}
