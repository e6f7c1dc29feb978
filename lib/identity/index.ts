/** Identity: viewers, accounts, sign-in, sessions and tokens. */
export {
  canSeeAccounts,
  createAccount,
  createToken,
  createTokenFor,
  describeMe,
  filterKnownUsers,
  findAccount,
  findAccountIds,
  hasPassword,
  insertGhostUsers,
  listAccounts,
  listTokens,
  registerAccount,
  resetPassword,
  revokeToken,
  setPassword,
  updateProfile,
} from './account';
export { mailPerson } from './mail-person';
export * from './schema';
export { sessionHash } from './session';
export { endOtherSessions, endSession, listSessions } from './sessions';
export { requireSignUpShare } from './sign-in';
export {
  requireModerateScope,
  requireOnSite,
  requireSignedIn,
  requireUnscopedToken,
  requireWriteScope,
  resolveViewer,
  type SignedInViewer,
  viewerOf,
} from './viewer';
export { forgetViewers, rememberViewers } from './viewer-cache';
