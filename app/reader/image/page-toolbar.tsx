'use client';
import { useId } from 'react';
import type { CanvasView } from '@/lib/canvas/schema';
import { useTranslations } from '@/lib/i18n/client';
import { shorten } from '../data/canvas-label';
import { Icon, type Sign } from './icon';
import styles from './image.module.css';

/** Where the reader is among the page images. */
export interface ImagePlace {
  edition: string;
  /** The section whose page this is. */
  section: string;
  firstPage: string | null;
  canvases: readonly CanvasView[];
  current: CanvasView | undefined;
}

/** The ways from page image to page image. */
export function PageBar({ onTurn, ...place }: ImagePlace & { onTurn: (canvas: CanvasView) => void }) {
  const t = useTranslations('image');
  const id = useId();
  const { canvases, current } = place;
  const at = current ? canvases.indexOf(current) : -1;
  return (
    <div className={styles.group}>
      <Turn place={place} to={canvases[at - 1]} sign="previous" onTurn={onTurn} />
      <button type="button" popoverTarget={id} className={styles.pages}>
        <Icon sign="pages" />
        {current && shorten(current.label)}
        <span className="visually-hidden">{t('pageList')}</span>
      </button>
      <Turn place={place} to={canvases[at + 1]} sign="next" onTurn={onTurn} />
      <div id={id} popover="auto" className={styles.list} role="dialog" aria-label={t('pageList')}>
        <ol>
          {canvases.map((canvas) => (
            <li key={canvas.id}>
              <Way
                place={place}
                to={canvas}
                onTurn={(to) => {
                  document.getElementById(id)?.hidePopover();
                  onTurn(to);
                }}
              >
                {/* biome-ignore lint/performance/noImgElement: the image service has it in the right size */}
                <img src={canvas.thumbnail} alt="" loading="lazy" />
                {shorten(canvas.label)}
              </Way>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

function Turn({
  place,
  to,
  sign,
  onTurn,
}: {
  place: ImagePlace;
  to: CanvasView | undefined;
  sign: Sign & ('previous' | 'next');
  onTurn: (canvas: CanvasView) => void;
}) {
  const t = useTranslations('image');
  const name = to ? t(`${sign}To`, { label: shorten(to.label) }) : t(sign);
  if (!to) {
    return (
      <button type="button" aria-disabled="true" aria-label={name}>
        <Icon sign={sign} />
      </button>
    );
  }
  return (
    <Way place={place} to={to} name={name} onTurn={onTurn}>
      <Icon sign={sign} />
    </Way>
  );
}

/** A way to a page image: within this text a button, else a link to the text that it belongs to. */
function Way({
  place,
  to,
  name,
  onTurn,
  children,
}: {
  place: ImagePlace;
  to: CanvasView;
  name?: string;
  onTurn: (canvas: CanvasView) => void;
  children: React.ReactNode;
}) {
  const current = to.id === place.current?.id ? ('page' as const) : undefined;
  if (isHere(place, to)) {
    return (
      <button type="button" aria-label={name} title={name} aria-current={current} onClick={() => onTurn(to)}>
        {children}
      </button>
    );
  }
  return (
    <a href={addressOf(place.edition, to)} aria-label={name} title={name} aria-current={current}>
      {children}
    </a>
  );
}

/** Whether an image belongs to the text of this page: one of its section, or of the page on which that begins. */
export function isHere({ section, firstPage }: ImagePlace, canvas: CanvasView): boolean {
  return canvas.section === section || (canvas.page !== null && canvas.page === firstPage);
}

/** The page of the section that an image belongs to, with the image open and the seminar kept. */
export function addressOf(edition: string, { section, id }: CanvasView): string {
  const query = new URLSearchParams({ canvas: id });
  const group = new URLSearchParams(window.location.search).get('group');
  if (group) query.set('group', group);
  return `/editions/${edition}/${section}?${query}`;
}
