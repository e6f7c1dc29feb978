/** Assignments: tasks on sections of an edition, what they take and when, and who did what in them. */
export {
  createAssignment,
  deleteAssignment,
  getAssignment,
  listAssignments,
  updateAssignment,
} from './assignment';
export { copyGroup } from './copy-group';
export { requestExtension, setDone, setExtension, setGrade } from './participation';
export { getGradebook, getOverview } from './progress';
export { initialState, requireOpen, requireOpenAssignment } from './require-open';
export { shuffleSubgroups } from './shuffle-subgroups';
export { type AssignmentRow, moveWorkOfPerson, RULES_OF_S, type WritingRules } from './store';
export { insertAssignmentRecords, listAssignmentRecords, planAssignments } from './transfer';
