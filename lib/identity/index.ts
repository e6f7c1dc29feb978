/** People: who asks, how they sign in, their tokens. */
export {
  addToken,
  createToken,
  createUser,
  findAccount,
  listAccounts,
  listTokens,
  me,
  revokeToken,
  setPassword,
  updateProfile,
} from './account';
export * from './schema';
export { sessionHash } from './session';
export { type Person, requireAdmin, requirePerson, requireWriter, resolveViewer, viewerOf } from './viewer';
