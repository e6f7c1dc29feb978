/**
 * Who may do what: pure, without database or clock, the same on the server and in the browser; each table states its
 * rules once. Who may *see* what is lib/policy/readable.ts, one SQL condition. The two are law (design.md, "Who sees a
 * note").
 */
export { ABILITIES, type Ability, type AnnotationFacts, abilities, can } from './annotation';
export { canOnEdition, type EditionAction, type EditionFacts } from './edition';
export { canInGroup, type GroupAction, type GroupFacts, losesLastManager } from './group';
export { type ActingRole, actingRole, type GivenRole, ROLES, type Role, roleIn } from './roles';
export { canOnSite, type SiteAction, type SiteFacts } from './site';
