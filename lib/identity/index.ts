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
  requireOwnPassword,
  resetPassword,
  revokeToken,
  setPassword,
  updateProfile,
} from './account';
export {
  closeAccount,
  closeOwnAccount,
  getAccount,
  listOwnChanges,
  mergeSignIns,
  updateAccount,
} from './account-state';
export { mailPerson } from './mail-person';
export {
  createPasswordLink,
  createPasswordLinkFor,
  mailsPasswordLinks,
  requestPasswordLink,
  setPasswordByLink,
} from './password-link';
export * from './schema';
export { credentialHash, hashSecret, newSecret, sessionHash } from './session';
export { endOtherSessions, endSession, listSessions } from './sessions';
export { requireContentNoticeShare, requireSignUpShare } from './sign-in';
export { filterHeldCredentials, forgetGhostNames } from './store';
export {
  requireAccountManager,
  requireModerateScope,
  requireOnSite,
  requireSession,
  requireSignedIn,
  requireUnscopedToken,
  requireWriteScope,
  resolveViewer,
  type SignedInViewer,
  viewerOf,
} from './viewer';
export { forgetViewers, rememberViewers } from './viewer-cache';
