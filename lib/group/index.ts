/** Groups (seminars): their settings, members with roles, and invitations. */

export { inviteByEmail, listInvitedMembers } from './email-invitation';
export {
  createGroup,
  createGroupLike,
  findDecisionReasons,
  findTagSet,
  getGroup,
  listGroups,
  replaceTagInSet,
  updateGroup,
} from './group';
export {
  createInvitation,
  joinByCode,
  joinOpen,
  listInvitations,
  previewInvitation,
  revokeInvitation,
} from './invitation';
export { markGroupRead } from './mark-read';
export { changeMember, listMembers, listTeachers, onMember, removeMember } from './member';
export { deleteGroup, handOver, listDeletedGroups, restoreGroup } from './ownership';
export { createMemberPasswordLink, endMemberships, moveGroupsOfPerson } from './person';
export { operatorAsStaff, provisionGroup } from './provision';
export {
  getReadingList,
  type ListedContents,
  listReadingContents,
  listReadingList,
  setReadingList,
} from './reading-list';
export { listReadingGroups, type ReadingGroup, setReadingGroups } from './reading-list/edition-groups';
export { deleteFromAllLists, type ListedEdition } from './reading-list/store';
export { resolveMember } from './resolve-member';
export {
  muted,
  type ResolvedMembership,
  readOnly,
  requireGroupAction,
  resolveMembership,
  resolveReader,
} from './resolve-membership';
export { muteMember, restrain, setPremoderation, unmuteMember } from './restrain';
export { importRoster } from './roster';
export * from './schema';
export { acceptsSignUps, signUp } from './sign-up';
export { createSubgroup, deleteSubgroup, listSubgroups, updateSubgroup } from './subgroup';
export { replaceSubgroups } from './subgroup/store';
