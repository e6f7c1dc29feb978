/** Flags, decisions on what is shown, the queue and the log. */
export { getYearlyFigures, sendContentNotice, tellSenders } from './content-notice';
export { decisionOf, moderateAnnotation } from './decide';
export { describeChanges } from './describe-changes';
export { flagAnnotation } from './flag';
export { listDecisions } from './log';
export { countQueues, listQueue } from './queue';
export { moveFlagsOfPerson } from './store';
