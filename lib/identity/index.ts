/** Identity: viewers, accounts, sign-in, sessions and tokens. */
export {
  createAccount,
  createToken,
  createTokenFor,
  describeMe,
  filterKnownUsers,
  findAccount,
  hasPassword,
  insertGhostUsers,
  listAccounts,
  listTokens,
  resetPassword,
  revokeToken,
  setPassword,
  updateProfile,
} from './account';
export { mailPerson } from './mail-person';
export * from './schema';
export { sessionHash } from './session';
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
