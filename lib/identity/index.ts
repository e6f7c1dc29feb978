/** People: who asks, how they sign in, their tokens. */
export {
  addAuthors,
  addToken,
  createToken,
  createUser,
  findAccount,
  hasPassword,
  knownPeople,
  listAccounts,
  listTokens,
  me,
  resetPassword,
  revokeToken,
  setPassword,
  updateProfile,
} from './account';
export * from './schema';
export { sessionHash } from './session';
export {
  type Person,
  requireAdmin,
  requireModerator,
  requireOperator,
  requirePerson,
  requireWhole,
  requireWriter,
  resolveViewer,
  viewerOf,
} from './viewer';
