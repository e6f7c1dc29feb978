import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { slugify } from '@/lib/group/slug';
import {
  canInGroup,
  canOnSite,
  type GroupAction,
  losesLastManager,
  ROLES,
  type Role,
  type SiteFacts,
} from '@/lib/policy';

const everybody: (Role | null)[] = [...ROLES, null];
const who = (action: GroupAction, facts = {}) => everybody.filter((role) => canInGroup(role, action, facts));

describe('canInGroup', () => {
  const managers = ['owner', 'instructor'];
  const staff = [...managers, 'assistant'];

  it('lets members read, and everybody where the group is public', () => {
    assert.deepEqual(who('read'), [...ROLES]);
    assert.deepEqual(who('read', { access: 'private' }), [...ROLES]);
    assert.deepEqual(who('read', { access: 'restricted' }), everybody);
  });
  it('lets everybody signed in join an open group, once', () => {
    assert.deepEqual(who('join', { access: 'open', signedIn: true }), [null]);
    for (const facts of [{ access: 'open' }, { access: 'restricted', signedIn: true }])
      assert.deepEqual(who('join', facts), []);
  });
  it('shows members to members, and addresses to staff', () => {
    assert.deepEqual(who('members', { access: 'open' }), [...ROLES]);
    assert.deepEqual(who('emails'), staff);
  });
  it('lets owners and instructors manage', () => {
    for (const action of ['invite', 'settings', 'add-member', 'set-role', 'remove-member'] as const)
      assert.deepEqual(who(action, { target: 'student', wanted: 'student' }), managers, action);
  });
  it('lets only owners touch an owner or make one', () => {
    for (const action of ['add-member', 'set-role', 'remove-member'] as const) {
      assert.deepEqual(who(action, { target: 'owner' }), ['owner'], action);
      assert.deepEqual(who(action, { target: 'student', wanted: 'owner' }), ['owner'], action);
    }
  });
  it('lets every member leave', () => {
    assert.deepEqual(who('remove-member', { target: 'reader', self: true }), [...ROLES]);
  });
  it('lets everybody but readers write, and staff moderate, import and assign', () => {
    assert.deepEqual(who('write'), [...staff, 'student']);
    for (const action of ['moderate', 'import', 'assign'] as const)
      assert.deepEqual(who(action), staff, action);
  });
  it('knows when the last owner would go', () => {
    const one = { owners: 1, managers: 2 };
    assert.equal(losesLastManager(one, 'owner', null), 'owner');
    assert.equal(losesLastManager(one, 'owner', 'instructor'), 'owner');
    assert.equal(losesLastManager({ owners: 2, managers: 2 }, 'owner', null), null);
    assert.equal(losesLastManager(one, 'student', null), null);
    assert.equal(losesLastManager(one, 'owner', 'owner'), null);
    assert.equal(losesLastManager(one, 'instructor', null), null);
  });

  it('knows when the last who can manage the group would go, also where it has no owner', () => {
    const none = { owners: 0, managers: 1 };
    assert.equal(losesLastManager(none, 'instructor', null), 'manager');
    assert.equal(losesLastManager(none, 'instructor', 'assistant'), 'manager');
    assert.equal(losesLastManager(none, 'assistant', null), null);
    assert.equal(losesLastManager({ owners: 0, managers: 2 }, 'instructor', 'student'), null);
  });
});

describe('canOnSite', () => {
  const person: SiteFacts = { id: 'somebody', admin: false, scope: 'session', only: null };
  const admin: SiteFacts = { ...person, admin: true };
  const operator: SiteFacts = { ...admin, id: null, scope: 'moderate' };

  it('lets administrators and the operator manage accounts, editions and groups', () => {
    for (const action of ['manage-accounts', 'manage-editions', 'provision-groups'] as const) {
      assert.equal(canOnSite(person, action), false, action);
      assert.equal(canOnSite(admin, action), true, action);
      assert.equal(canOnSite(operator, action), true, action);
    }
  });
  it('lets no token do it that only reads or writes, or that is for one group', () => {
    for (const facts of [{ scope: 'read' }, { scope: 'write' }, { only: 'a group' }] as const)
      assert.equal(canOnSite({ ...admin, ...facts }, 'manage-editions'), false);
    assert.equal(canOnSite({ ...admin, scope: 'moderate' }, 'manage-editions'), true);
  });
  it('lets only the operator act for others', () => {
    for (const action of ['act-for-accounts', 'act-for-groups'] as const) {
      assert.equal(canOnSite(admin, action), false, action);
      assert.equal(canOnSite(operator, action), true, action);
    }
  });
});

describe('slugify', () => {
  const cases = {
    'Prague 1968': 'prague-1968',
    'Чехословацкий кризис: письма': 'chekhoslovatskii-krizis-pisma',
    'Relații româno-sovietice, Țară': 'relatii-romano-sovietice-tara',
    捷克: 'group',
    New: 'group-new',
    '  --  ': 'group',
  };
  for (const [name, slug] of Object.entries(cases))
    it(`makes ${slug} of «${name}»`, () => {
      assert.equal(slugify(name), slug);
    });
});
