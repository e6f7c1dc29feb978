/** Seminars: what they are, who is in them and as what, how one comes in. */
export { foundGroup, staffOf } from './found';
export {
  createGroup,
  getGroup,
  listGroups,
  updateGroup,
} from './group';
export {
  createInvitation,
  joinByCode,
  joinOpen,
  listInvitations,
  peekInvitation,
  revokeInvitation,
} from './invitation';
export { addMember, listMembers, removeMember, setRole } from './member';
export * from './schema';
export { type Standing, standing } from './standing';
