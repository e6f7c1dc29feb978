/** The icons of the image's toolbars, as paths in a 20 by 20 view box. */
const PATHS = {
  pages: 'M4 3h8v11H4zM8 6h8v11H8z',
  previous: 'M12.5 4 6.5 10l6 6',
  next: 'M7.5 4l6 6-6 6',
  zoomIn: 'M10 4v12M4 10h12',
  zoomOut: 'M4 10h12',
  turnLeft: 'M5 8a6 6 0 1 1-.5 4.5M5 3.5V8h4.5',
  turnRight: 'M15 8a6 6 0 1 0 .5 4.5M15 3.5V8h-4.5',
  reset: 'M5 3h10v14H5zM8 10h4M10 8v4',
  full: 'M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4',
  rectangle: 'M3 5h14v10H3z',
  polygon: 'M10 3l7 5-3 9H6L3 8z',
  keyboard: 'M2 5h16v10H2zM5 8h.1M8 8h.1M11 8h.1M14 8h.1M6 12h8',
  help: 'M7 7.5a3 3 0 1 1 4.2 2.8c-.8.4-1.2.9-1.2 1.9M10 15.4v.2',
} as const;

export type IconName = keyof typeof PATHS;

export function ToolbarIcon({ sign }: { sign: IconName }) {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path
        d={PATHS[sign]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
