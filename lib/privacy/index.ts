/** People's data in their own hands: the registry of what is kept of them, erasure, their copy, and how long things are kept. */
export { copyOwnData } from './copy';
export { getErasure, requestErasure } from './request-erasure';
export {
  createResearchCopy,
  getResearchConsent,
  giveResearchConsent,
  withdrawResearchConsent,
} from './research';
export * from './research/schema';
export * from './schema';
export { getStatement, STATEMENTS } from './statement';
export { PRIVACY_SCHEDULE, PRIVACY_TASKS } from './tasks';
