/** What may be done on the site as a whole, outside any group. */
export type SiteAction =
  | 'manage-accounts'
  | 'manage-editions'
  | 'provision-groups'
  | 'act-for-accounts'
  | 'act-for-groups';

/** What a decision needs to know of the viewer. */
export type SiteFacts = {
  /** Null for nobody in particular, and for the operator. */
  id: string | null;
  admin: boolean;
  scope: 'session' | 'read' | 'write' | 'moderate';
  /** The only group that the viewer's token opens. */
  only: string | null;
};

type SiteRule = (viewer: SiteFacts) => boolean;

/** A token that may only read or write, or that is for one group, does not carry its person's administration. */
const administrator: SiteRule = ({ admin, scope, only }) =>
  admin && only === null && (scope === 'session' || scope === 'moderate');
/** An administrator must not become another person: that would show them private annotations. */
const operator: SiteRule = (viewer) => viewer.id === null && administrator(viewer);

/** The rule of each action. An action that is not in this table does not exist. */
const RULES: Record<SiteAction, SiteRule> = {
  'manage-accounts': administrator,
  'manage-editions': administrator,
  'provision-groups': administrator,
  'act-for-accounts': operator,
  'act-for-groups': operator,
};

/** Whether `viewer` may do `action`. */
export function canOnSite(viewer: SiteFacts, action: SiteAction): boolean {
  return RULES[action](viewer);
}
