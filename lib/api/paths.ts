/**
 * The paths below which this room answers, whether there is such a resource or not; all other paths are Next's. A
 * parameter stands for one segment. A test holds every route of the room to be below one of them.
 */
export const API_PATHS = [
  '/api/v1',
  '/api/health',
  '/api/metrics',
  '/annotations',
  '/groups/:group/annotations',
  '/iiif',
];

const PATTERN = new RegExp(
  `^(?:${API_PATHS.map((path) => path.replace(/:\w+/g, '[^/]+')).join('|')})(?:/|$)`,
);

/** Whether this room answers at `pathname`, before Next sees the request. */
export function isApiPath(pathname: string): boolean {
  return PATTERN.test(pathname);
}
