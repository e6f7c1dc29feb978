/**
 * The moderation log: entries that are added, and never changed or removed (docs/decisions/0037-decisions.md). Every entry is
 * written by `insertionOfEntries`, whatever room it comes from.
 */
export { LOGGED_ACTIONS, type LoggedAction } from './actions';
export {
  entryOfWritten,
  eraseReasonsAbout,
  insertionOfEntries,
  type NewEntry,
  recordEntries,
  recordEntry,
} from './store';
