'use client';
import { useId } from 'react';
import type { CanvasView } from '@/lib/canvas/schema';
import { useTranslations } from '@/lib/i18n/client';
import { shortenLabel } from '../data/canvas-label';
import { canvasUrl } from '../state/canvas-url';
import styles from './image.module.css';
import { type IconName, ToolbarIcon } from './toolbar-icon';

/** The shown canvas among those of the edition. */
export interface CanvasPosition {
  edition: string;
  /** The section whose page this is. */
  section: string;
  firstPage: string | null;
  canvases: readonly CanvasView[];
  current: CanvasView | undefined;
}

/** Previous and next page image, and a list of all. */
export function PageToolbar({ onTurn, ...place }: CanvasPosition & { onTurn: (canvas: CanvasView) => void }) {
  const t = useTranslations('image');
  const id = useId();
  const { canvases, current } = place;
  const at = current ? canvases.indexOf(current) : -1;
  return (
    <div className={styles.group}>
      <TurnButton place={place} to={canvases[at - 1]} sign="previous" onTurn={onTurn} />
      <button type="button" popoverTarget={id} className={styles.pages}>
        <ToolbarIcon sign="pages" />
        {current && shortenLabel(current.label, t('pageShort'))}
        <span className="visually-hidden">{t('pageList')}</span>
      </button>
      <TurnButton place={place} to={canvases[at + 1]} sign="next" onTurn={onTurn} />
      <div id={id} popover="auto" className={styles.list} role="dialog" aria-label={t('pageList')}>
        <ol>
          {canvases.map((canvas) => (
            <li key={canvas.id}>
              <CanvasLink
                place={place}
                to={canvas}
                onTurn={(to) => {
                  document.getElementById(id)?.hidePopover();
                  onTurn(to);
                }}
              >
                {/* biome-ignore lint/performance/noImgElement: the image service has it in the right size */}
                <img src={canvas.thumbnail} alt="" loading="lazy" />
                {shortenLabel(canvas.label, t('pageShort'))}
              </CanvasLink>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

function TurnButton({
  place,
  to,
  sign,
  onTurn,
}: {
  place: CanvasPosition;
  to: CanvasView | undefined;
  sign: IconName & ('previous' | 'next');
  onTurn: (canvas: CanvasView) => void;
}) {
  const t = useTranslations('image');
  const name = to ? t(`${sign}To`, { label: shortenLabel(to.label, t('pageShort')) }) : t(sign);
  if (!to) {
    return (
      <button type="button" aria-disabled="true" aria-label={name}>
        <ToolbarIcon sign={sign} />
      </button>
    );
  }
  return (
    <CanvasLink place={place} to={to} name={name} onTurn={onTurn}>
      <ToolbarIcon sign={sign} />
    </CanvasLink>
  );
}

/** Leads to a page image: a button within this text, else a link to the page of its text. */
function CanvasLink({
  place,
  to,
  name,
  onTurn,
  children,
}: {
  place: CanvasPosition;
  to: CanvasView;
  name?: string;
  onTurn: (canvas: CanvasView) => void;
  children: React.ReactNode;
}) {
  const current = to.id === place.current?.id ? ('page' as const) : undefined;
  if (isOnThisPage(place, to)) {
    return (
      <button type="button" aria-label={name} title={name} aria-current={current} onClick={() => onTurn(to)}>
        {children}
      </button>
    );
  }
  return (
    <a href={canvasUrl(place.edition, to)} aria-label={name} title={name} aria-current={current}>
      {children}
    </a>
  );
}

/** Whether an image belongs to this text: to its section, or to the printed page on which the section begins. */
export function isOnThisPage({ section, firstPage }: CanvasPosition, canvas: CanvasView): boolean {
  return canvas.section === section || (canvas.page !== null && canvas.page === firstPage);
}
