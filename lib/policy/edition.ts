import type { ActingRole } from './roles';
import { canOnSite, type SiteFacts } from './site';

/**
 * What may be done to an edition by those who manage it; who may read it is `readableEdition` (./readable.ts).
 * `manage`: replace its text, see its draft, publish, change its title and who reads it. `bring-in`: make a new one.
 * `make-public`: open it to everybody.
 */
export type EditionAction = 'manage' | 'bring-in' | 'make-public';

/** What a decision needs to know of the edition. */
export type EditionFacts = {
  access: 'public' | 'groups';
  /** The viewer's role in the edition's home group; null where it has none, or the viewer is no member. */
  homeRole: ActingRole | null;
};

type EditionRule = (viewer: SiteFacts, edition: EditionFacts) => boolean;

const administrator: EditionRule = (viewer) => canOnSite(viewer, 'manage-editions');
/** An owner or an instructor of its home group, while the edition is closed: a public one is the whole site's. */
const homeManager: EditionRule = ({ scope }, { access, homeRole }) =>
  access === 'groups' &&
  (homeRole === 'owner' || homeRole === 'instructor') &&
  (scope === 'session' || scope === 'moderate');
const manager: EditionRule = (viewer, edition) =>
  administrator(viewer, edition) || homeManager(viewer, edition);

/** The rule of each action. An action that is not in this table does not exist. */
const RULES: Record<EditionAction, EditionRule> = {
  manage: manager,
  'bring-in': manager,
  'make-public': administrator,
};

/** Whether `viewer` may do `action` to this edition. */
export function canOnEdition(viewer: SiteFacts, action: EditionAction, edition: EditionFacts): boolean {
  return RULES[action](viewer, edition);
}
