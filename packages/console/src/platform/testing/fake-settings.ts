import { generateKeyPairSync } from 'node:crypto';
import type { OriginBody, PersonBody, RecordProof, Stakeholder, TrustShown } from '@patchsteward/contract';
import { DEFAULT_APPROVALS, DEFAULT_POLICY } from '@patchsteward/core/policy';
import { sha256 } from '@patchsteward/trust';
import {
  consistencyProof,
  EMPTY_TREE,
  fullTree,
  growTree,
  inclusionProof,
  rootOf,
  signCheckpoint,
} from '@patchsteward/trust/merkle';
import { hashEntry, keyText } from '@patchsteward/trust/record';
import type { Handlers } from '../../../../server/src/platform/http/bind.ts';
import { Refusal } from '../../../../server/src/platform/http/refusal.ts';
import { DAY_MS, fakeId, HOUR_MS, wire } from './fake-assets.ts';

export type FakeSettingsRouteId =
  | 'record.show'
  | 'record.list'
  | 'record.prove'
  | 'record.consistency'
  | 'policy.show'
  | 'person.list'
  | 'person.create'
  | 'person.change'
  | 'person.invite'
  | 'invitation.show'
  | 'invitation.accept'
  | 'trust.show'
  | 'origin.list'
  | 'origin.read-keys'
  | 'origin.add'
  | 'origin.refresh'
  | 'origin.remove'
  | 'notice-channel.show'
  | 'notice-channel.try'
  | 'stakeholder.list'
  | 'stakeholder.add'
  | 'stakeholder.remove';

/** What of the settings differs between the states of their screens. */
export interface FakeSettings {
  root: 'none' | 'team' | 'solo';
  empty: boolean;
}

const { privateKey } = generateKeyPairSync('ed25519');
const KEY = keyText(privateKey);
const ENTRIES_MAX = 240;
const KINDS = [
  'asset.changed',
  'campaign.opened',
  'person.created',
  'feed.imported',
  'approval.signed',
  'inventory.changed',
] as const;
const ACTORS = [
  [`person:${fakeId(99)}`, 'Ada Example'],
  [`agent:${fakeId(1)}`, 'web-1.example.org'],
  ['system', null],
  ['local', null],
] as const;

const RECORD = Array.from({ length: ENTRIES_MAX }, (_, index) => {
  const kind = KINDS[index % KINDS.length] ?? KINDS[0];
  const [actor, actorName] = ACTORS[index % ACTORS.length] ?? ACTORS[0];
  const payload = { criticality: { before: 'normal', after: 'high' }, owner: { before: null, after: 'Shop team' } };
  const header = {
    id: fakeId(50_000 + index),
    at: wire((index - ENTRIES_MAX) * HOUR_MS),
    actor,
    kind,
    subject: fakeId(index),
  };
  const salt = Buffer.alloc(32, index);
  const { leafHash } = hashEntry(header, payload, salt);
  return { ...header, actorName, payload, index, leafHash, salt: salt.toString('base64') };
});
/** The last ones are not signed yet. */
const SIGNED = ENTRIES_MAX - 2;
const TREE = fullTree(RECORD.slice(0, SIGNED).map(({ leafHash }) => leafHash));

function checkpointOf(size: number): RecordProof['checkpoint'] {
  const root = rootOf(
    growTree(
      EMPTY_TREE,
      RECORD.slice(0, size).map(({ leafHash }) => leafHash),
    ),
  );
  const at = wire((size - ENTRIES_MAX) * HOUR_MS);
  const note = signCheckpoint({ size, root, previous: 0, at: Date.parse(at) }, 'patchsteward/record', privateKey);
  return { size, root, at, note };
}

/** Known by name in the tests: an entry, one whose bytes were changed behind the record's back, and a kept checkpoint. */
export const FAKE_RECORD = {
  entry: fakeId(50_000 + SIGNED - 1),
  changed: fakeId(50_000 + SIGNED - 3),
  kept: checkpointOf(100).note,
} as const;

const PEOPLE: readonly PersonBody[] = [
  person('ada', 'Ada Example', ['admin', 'it']),
  person('cara', 'Cara Holm', ['change']),
  {
    ...person('otto', 'Otto Reis', ['owner']),
    mail: null,
    passwordExpiresAt: wire(-HOUR_MS),
    invitedUntil: wire(3 * DAY_MS),
  },
  { ...person('sam', 'Sam Voss', ['security', 'auditor']), passwordExpiresAt: wire(DAY_MS) },
  { ...person('rita', 'Rita Script', []), disabledAt: wire(-9 * DAY_MS) },
  { ...person('late', 'Lea Ate', ['auditor']), passwordExpiresAt: wire(-DAY_MS) },
];

function person(login: string, name: string, roles: PersonBody['roles']): PersonBody {
  return {
    id: fakeId(login.length * 1_000 + login.charCodeAt(0)),
    login,
    name,
    roles,
    mail: `${login}@example.org`,
    createdAt: wire(-90 * DAY_MS),
    disabledAt: null,
    passwordExpiresAt: null,
    invitedUntil: null,
  };
}

const INVITATION = {
  path: '/invitation#c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA',
  link: null,
  expiresAt: wire(4 * DAY_MS),
  mail: 'no-mail-server' as const,
  mailAnswer: null,
};

function trustOf(root: FakeSettings['root']): TrustShown {
  if (root === 'none') {
    return {
      root: null,
      passkeys: [],
      reason: {
        code: 'no-trust-root',
        subject: 'this installation',
        clearableBy: ['admin'],
        by: null,
        sentence: 'There is no trust root yet: nothing can be signed, and so nothing is deployed.',
      },
    };
  }
  const keys = (login: string, count: number) =>
    Array.from({ length: count }, (_, at) => ({
      keyid: sha256(`${login} ${at}`),
      class: at === 0 ? ('cli' as const) : ('console' as const),
      kind: at === 0 ? 'ssh-ed25519' : 'webauthn',
    }));
  const people = [
    { login: 'ada', name: 'Ada Example', roles: ['admin', 'it'], keys: keys('ada', 2) },
    { login: 'cara', name: 'Cara Holm', roles: ['admin', 'change'], keys: keys('cara', 1) },
    { login: 'otto', name: 'Otto Reis', roles: ['owner'], keys: keys('otto', 1) },
  ];
  const solo = root === 'solo';
  return {
    root: {
      version: 2,
      hash: sha256('the root'),
      organization: 'Example',
      profile: root,
      issuedAt: wire(-30 * DAY_MS),
      expiresAt: wire(solo ? -DAY_MS : 1_000 * DAY_MS),
      threshold: solo ? 1 : 2,
      rootSigners: solo ? ['ada'] : ['ada', 'cara'],
      authority: solo ? null : sha256('the authority'),
      approvals: structuredClone(DEFAULT_APPROVALS),
      ownApprovals: false,
      people: solo ? people.slice(0, 1) : people,
      machines: solo ? [] : [{ name: 'vault-1', role: 'prober', keyid: sha256('vault-1') }],
    },
    passkeys: [],
    reason: null,
  };
}

const KEYS = [
  {
    fingerprint: 'B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8',
    userIds: ['Debian Archive Automatic Signing Key (12/bookworm) <ftpmaster@debian.org>'],
    expiresAt: wire(2_000 * DAY_MS),
  },
];
const ORIGINS: readonly OriginBody[] = [
  {
    id: fakeId(801),
    url: 'http://deb.debian.org/debian-security',
    mirror: 'http://mirror.example.org/debian-security',
    suite: 'bookworm-security',
    components: ['main', 'contrib'],
    architectures: ['amd64'],
    keys: KEYS,
    names: ['deb.debian.org/debian-security bookworm-security/main'],
    state: 'usable',
    index: {
      date: wire(-6 * HOUR_MS),
      validUntil: wire(7 * DAY_MS),
      publisher: 'Debian',
      suite: 'stable-security',
      codename: 'bookworm-security',
      signedBy: ['B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8'],
      fetchedAt: wire(-HOUR_MS),
      hash: sha256('the index'),
      packageIndexes: [{ path: 'main/binary-amd64/Packages', hash: sha256('packages'), sizeBytes: 1_234_567 }],
    },
    addedAt: wire(-40 * DAY_MS),
    checkedAt: wire(-HOUR_MS),
    problem: null,
  },
  {
    id: fakeId(802),
    url: 'https://packages.example.net/apt',
    mirror: null,
    suite: 'stable/',
    components: [],
    architectures: ['amd64', 'arm64'],
    keys: KEYS.map((key) => ({ ...key, expiresAt: null, userIds: ['Example Packages <packages@example.net>'] })),
    names: ['packages.example.net/apt stable/'],
    state: 'never-verified',
    index: null,
    addedAt: wire(-DAY_MS),
    checkedAt: wire(-HOUR_MS),
    problem: {
      reason: {
        code: 'signature-invalid',
        subject: 'packages.example.net/apt stable/',
        clearableBy: ['admin'],
        by: null,
        sentence: 'No pinned key signed the index.',
      },
      detail: 'the index is signed by a key that is not pinned',
    },
  },
];

const STAKEHOLDERS: readonly Stakeholder[] = [
  { group: '*', channel: 'mail', address: 'helpdesk@example.org', name: 'Help desk' },
  {
    group: 'shop',
    channel: 'webhook',
    address: 'https://chat.example.org/hooks/a-long-path-that-names-a-channel',
    name: null,
  },
];

export function fakeSettings(state: FakeSettings): Handlers<FakeSettingsRouteId> {
  const entryOf = (id: string) => {
    const entry = RECORD.find((each) => each.id === id);
    if (entry === undefined) throw new Refusal('not-found', `The record has no entry ${id}.`);
    return entry;
  };
  const session = { person: null, firstRun: false, serverVersion: '0.1.0' };
  return {
    'record.show': async () => ({
      entries: ENTRIES_MAX,
      key: KEY,
      origin: 'patchsteward/record',
      checkpoint: checkpointOf(SIGNED),
    }),
    'record.list': async ({ query }) => {
      const start = query.cursor === undefined ? 0 : Number(query.cursor);
      const search = query.search?.toLowerCase() ?? '';
      const rows = RECORD.toReversed().filter(
        (entry) =>
          JSON.stringify(entry).toLowerCase().includes(search) &&
          (query.kind === undefined || entry.kind.startsWith(query.kind)) &&
          (query.actor === undefined || entry.actor === query.actor) &&
          (query.subject === undefined || entry.subject === query.subject),
      );
      const end = start + query.limit;
      const items = rows.slice(start, end).map((row) => {
        const { salt: _, ...entry } = row;
        return { ...entry, index: entry.index < ENTRIES_MAX - 1 ? entry.index : null };
      });
      return { items, next: end < rows.length ? String(end) : null, total: rows.length };
    },
    'record.prove': async ({ params }) => {
      const { actorName: _, ...entry } = entryOf(params.id);
      const payload =
        params.id === FAKE_RECORD.changed ? { criticality: { before: 'normal', after: 'low' } } : entry.payload;
      return {
        entry: { ...entry, payload },
        key: KEY,
        checkpoint: checkpointOf(SIGNED),
        path: [...inclusionProof(TREE, entry.index)],
      };
    },
    'record.consistency': async ({ query }) => ({
      from: query.from,
      checkpoint: checkpointOf(SIGNED),
      path: [...consistencyProof(TREE, query.from)],
    }),
    'policy.show': async () => ({
      hash: sha256('the policy'),
      file: '/etc/patchsteward/policy.json',
      policy: structuredClone(DEFAULT_POLICY),
    }),
    'person.list': async () => ({ items: [...PEOPLE] }),
    'person.create': async ({ body }) => {
      if (body.login === 'ada') throw new Refusal('login-taken', 'The login ada belongs to somebody already.');
      const made = { ...person(body.login, body.name, body.roles), invitedUntil: INVITATION.expiresAt };
      return { person: made, password: null, invitation: INVITATION, apiToken: null };
    },
    'person.change': async ({ body }) => {
      if (body.disabled === true) {
        throw new Refusal('last-administrator', 'ada is the only administrator who can sign in.');
      }
      return { person: person('cara', body.name ?? 'Cara Holm', ['change']), password: null };
    },
    'person.invite': async () => ({ person: person('cara', 'Cara Holm', ['change']), invitation: INVITATION }),
    'invitation.show': async ({ body }) => {
      if (body.secret === 'used')
        throw new Refusal('invitation-wrong', 'This link was used, was replaced by a newer one, or its time is over.');
      return { login: 'otto', name: 'Otto Reis', roles: ['owner', 'change'], expiresAt: wire(3 * DAY_MS) };
    },
    'invitation.accept': async () => session,
    'trust.show': async () => trustOf(state.root),
    'origin.list': async () => ({ items: state.empty ? [] : [...ORIGINS] }),
    'origin.read-keys': async () => ({
      items: [
        ...KEYS.map((key) => ({ ...key, usable: true })),
        { fingerprint: 'A'.repeat(40), userIds: ['An old key'], expiresAt: wire(-DAY_MS), usable: false },
      ],
    }),
    'origin.add': async () => ORIGINS[0] ?? missing(),
    'origin.refresh': async () => ({ origin: ORIGINS[0] ?? missing(), changed: false, durationMs: 120 }),
    'origin.remove': async () => ({}),
    'notice-channel.show': async () =>
      state.empty
        ? { mailFrom: null, webhook: false, consoleUrl: null }
        : {
            mailFrom: 'Patchsteward <patchsteward@example.org>',
            webhook: true,
            consoleUrl: 'https://patchsteward.example.org',
          },
    'notice-channel.try': async () => ({ outcome: 'accepted', answer: '250 2.0.0 queued' }),
    'stakeholder.list': async () => ({ items: state.empty ? [] : [...STAKEHOLDERS] }),
    'stakeholder.add': async () => ({}),
    'stakeholder.remove': async () => ({}),
  };
}

function missing(): never {
  throw new Error('the fake has no origin');
}
