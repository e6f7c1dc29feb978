/** Flags, decisions on what is shown, the queue and the log. */

export { appealDecision, listAppeals } from './appeal';
export { decideMany } from './bulk';
export { getYearlyFigures, sendContentNotice, tellSenders } from './content-notice';
export { decisionOf, moderateAnnotation } from './decide';
export { describeChanges } from './describe-changes';
export { flagAnnotation, getOwnFlag } from './flag';
export { exportLog, listDecisions } from './log';
export { lookAt } from './looking';
export {
  acknowledgeWarning,
  listNotesOn,
  listWarnings,
  noteOnMember,
  warnMember,
} from './member';
export { moveModerationOfPerson } from './move-person';
export { countQueues, listQueue } from './queue';
