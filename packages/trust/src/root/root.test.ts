import { DEFAULT_APPROVALS } from '@patchsteward/core/policy';
import { describe, expect, it, test } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import { PAYLOAD_TYPES, sealEnvelope } from '../dsse/index.ts';
import { sha256 } from '../hash.ts';
import { keyIdOf } from '../keys/index.ts';
import { sshString } from '../keys/ssh-wire.ts';
import { makePasskey } from '../testing/passkeys.ts';
import { KEYS, type KeyName, knownOf, NOW, rootEnvelope, signedBy, solo, team } from '../testing/people.ts';
import { type Anchor, assertUsable, verifyRootChain } from './root-chain.ts';
import { decodeRoot, encodeRoot, type TrustRoot } from './root-codec.ts';

const FIRST = team();
const SECOND = team({ version: 2, organization: 'Example, renamed' });
const THIRD = team({ version: 3 });
const pin = (root: TrustRoot): Anchor => ({ kind: 'pinned', hash: knownOf(root).hash });
const known = (root: TrustRoot): Anchor => ({ kind: 'known', known: knownOf(root) });
const both = (root: TrustRoot) => rootEnvelope(root, 'ada', 'adrian');

type Links = Parameters<typeof verifyRootChain>[1];
function chain(anchor: Anchor, links: Links): string {
  const outcome = verifyRootChain(anchor, links);
  return outcome.ok ? `version ${outcome.value.root.version}` : outcome.refusal.code;
}

test.each([FIRST, solo(), team({ lanes: DEFAULT_APPROVALS, authority: sha256('a certificate') })])(
  'a root comes back as it was',
  (root) => {
    expect(decodeRoot(encodeRoot(root))).toEqual({ ok: true, value: root });
  },
);

describe('a chain', () => {
  it.each<readonly [string, Anchor, Links, string]>([
    ['the pinned root', pin(FIRST), [both(FIRST)], 'version 1'],
    ['links from the pinned root on', pin(FIRST), [FIRST, SECOND, THIRD].map(both), 'version 3'],
    ['links before a later pin are nothing to it', pin(SECOND), [FIRST, SECOND, THIRD].map(both), 'version 3'],
    ['links from a known root on', known(FIRST), [SECOND, THIRD].map(both), 'version 3'],
    ['nothing new', known(SECOND), [], 'version 2'],
    ['the known root again', known(SECOND), [both(SECOND)], 'version 2'],
    ['nothing at all', pin(FIRST), [], 'root-unknown'],
    ['another root than the pinned one', pin(SECOND), [both(FIRST)], 'root-pin-wrong'],
    ['a gap', known(FIRST), [both(THIRD)], 'root-gap'],
    ['back', known(SECOND), [both(FIRST)], 'root-rolled-back'],
    [
      'a fork: the same version with other words',
      known(SECOND),
      [both({ ...SECOND, organization: 'Fork' })],
      'root-rolled-back',
    ],
    ['back behind a step forward', known(FIRST), [SECOND, FIRST].map(both), 'root-rolled-back'],
    ['one signer of two', known(FIRST), [rootEnvelope(SECOND, 'ada')], 'root-threshold-missing'],
    [
      'people who may not sign roots',
      known(FIRST),
      [rootEnvelope(SECOND, 'ada', 'ivy', 'sam')],
      'root-threshold-missing',
    ],
    [
      'a signer whose passkey the server could have asked for anything',
      known(byPasskey()),
      [rootEnvelope({ ...byPasskey(), version: 2 }, 'ada', 'caraPasskey')],
      'root-threshold-missing',
    ],
    [
      'the same people, each with a client of their own',
      known(byPasskey()),
      [rootEnvelope({ ...byPasskey(), version: 2 }, 'ada', 'cara')],
      'version 2',
    ],
    ['nobody', known(FIRST), [rootEnvelope(SECOND)], 'signature-missing'],
    ['a stranger', known(FIRST), [rootEnvelope(SECOND, 'stranger')], 'signer-unknown'],
    ['the pinned root without its signers', pin(FIRST), [rootEnvelope(FIRST, 'ada')], 'root-threshold-missing'],
    [
      'a plan in place of a root',
      known(FIRST),
      [signedBy(sealEnvelope(PAYLOAD_TYPES.plan, encodeRoot(SECOND)), 'ada', 'adrian')],
      'payload-type-wrong',
    ],
    [
      'no root inside',
      known(FIRST),
      [signedBy(sealEnvelope(PAYLOAD_TYPES.root, Buffer.from('{}')), 'ada', 'adrian')],
      'payload-unreadable',
    ],
    ['too many links', known(FIRST), Array.from({ length: 300 }, () => both(FIRST)), 'too-large'],
    [
      'a signature of another root',
      known(FIRST),
      [{ ...both(SECOND), signatures: both(THIRD).signatures }],
      'signature-wrong',
    ],
  ])('%s', (_, anchor, links, decided) => {
    expect(chain(anchor, links)).toBe(decided);
  });

  function byPasskey(): TrustRoot {
    return team({ rootSigners: ['ada', 'cara'] });
  }

  it('one person with two keys is one person', () => {
    const two = withSecondKey(FIRST, 'ada', 'ottoScreen');
    const next = { ...two, version: 2 };
    expect(chain(known(two), [rootEnvelope(next, 'ada', 'ottoScreen')])).toBe('root-threshold-missing');
    expect(chain(known(two), [rootEnvelope(next, 'ada', 'adrian')])).toBe('version 2');
  });

  it('a change of the signers needs the old ones and the new ones', () => {
    const replaced = { ...FIRST, version: 2, rootSigners: ['cara', 'sam'] };
    expect(chain(known(FIRST), [rootEnvelope(replaced, 'ada', 'adrian')])).toBe('root-threshold-missing');
    expect(chain(known(FIRST), [rootEnvelope(replaced, 'cara', 'sam')])).toBe('root-threshold-missing');
    expect(chain(known(FIRST), [rootEnvelope(replaced, 'ada', 'adrian', 'cara', 'sam')])).toBe('version 2');
  });

  it('a person who was taken out signs nothing any more', () => {
    const left = { ...FIRST, people: FIRST.people.filter(({ login }) => login !== 'sam'), version: 2 };
    const stolen = { ...left, version: 3, rootSigners: ['ada', 'adrian'] };
    expect(chain(known(FIRST), [both(left), rootEnvelope(stolen, 'ada', 'sam')])).toBe('root-threshold-missing');
  });

  it('an expired root leads on, and carries nothing itself', () => {
    const old = team({ expiresAt: NOW - 1 });
    expect(chain(known(old), [both(SECOND)])).toBe('version 2');
    expect(assertUsable(knownOf(old), NOW)).toMatchObject({ ok: false, refusal: { code: 'root-expired' } });
    expect(assertUsable(knownOf(FIRST), NOW).ok).toBe(true);
  });
});

describe('what no root may say', () => {
  const wire = { ...JSON.parse(Buffer.from(encodeRoot(FIRST)).toString()) };
  const people: readonly (Record<string, unknown> & { readonly login: string })[] = wire.people;
  const changed = (login: string, given: object) =>
    people.map((person) => (person.login === login ? { ...person, ...given } : person));
  const raw = Buffer.from(KEYS.ivy.key.kind === 'ed25519' ? KEYS.ivy.key.public : '', 'base64');
  const sameKey = `ssh-ed25519 ${Buffer.concat([sshString('ssh-ed25519'), sshString(raw)]).toString('base64')}`;
  const cli = (key: object) => ({ class: 'cli', key });
  const screen = (key: object) => ({ class: 'console', key });

  it.each<readonly [string, object, string]>([
    ['version 0', { version: 0 }, 'out-of-range at $.version'],
    ['no people', { people: [] }, 'too-few at $.people'],
    ['people out of order', { people: [...people].reverse() }, 'not-sorted at $.people[1]'],
    ['a person twice', { people: [people[0], people[0]] }, 'duplicate at $.people[1]'],
    ['a person without a key', { people: changed('ivy', { keys: [] }) }, 'too-few at $.people[3].keys'],
    ['a role of nobody', { people: changed('ivy', { roles: ['root'] }) }, 'not-one-of at $.people[3].roles[0]'],
    ['a role twice', { people: changed('ivy', { roles: ['it', 'it'] }) }, 'duplicate at $.people[3].roles[1]'],
    [
      'a name that steers a terminal',
      { people: changed('ivy', { name: '\u001b[31mIvy' }) },
      'wrong-form at $.people[3].name',
    ],
    ['a key that two people share', { people: changed('sam', { keys: [cli(KEYS.cara.key)] }) }, 'contradiction at $'],
    [
      'one key under two kinds',
      { people: changed('sam', { keys: [cli({ kind: 'ssh', public: sameKey })] }) },
      'contradiction at $',
    ],
    [
      'a machine with the key of a person',
      { machines: [{ name: 'vault-1', role: 'prober', key: KEYS.sam.key }] },
      'contradiction at $',
    ],
    [
      'a machine of another role',
      { machines: [{ name: 'vault-1', role: 'approver', key: KEYS.prober.key }] },
      'not-one-of at $.machines[0].role',
    ],
    [
      'a passkey that passes for a client',
      { people: changed('sam', { keys: [cli(makePasskey().key)] }) },
      'contradiction at $.people[5]',
    ],
    [
      'a passkey that is no key',
      { people: changed('sam', { keys: [screen({ kind: 'webauthn', public: 'AAAA', site: 'a.example' })] }) },
      'contradiction at $.people[5].keys[0].key',
    ],
    [
      'a machine with a passkey',
      { machines: [{ name: 'vault-1', role: 'prober', key: makePasskey().key }] },
      'contradiction at $.machines[0]',
    ],
    [
      'signers of roots who are too few with keys of their own client',
      { people: changed('ada', { keys: [screen(makePasskey().key)] }) },
      'contradiction at $',
    ],
    ['a threshold that nobody reaches', { threshold: 3 }, 'contradiction at $'],
    ['a threshold of none', { threshold: 0 }, 'out-of-range at $.threshold'],
    ['a signer who is not there', { rootSigners: ['ada', 'mallory'] }, 'contradiction at $'],
    ['a signer twice', { rootSigners: ['ada', 'ada'] }, 'duplicate at $.rootSigners[1]'],
    ['solo with many', { profile: 'solo' }, 'contradiction at $'],
    ['an end before its beginning', { expiresAt: '2025-01-01T00:00:00.000Z' }, 'contradiction at $'],
    ['no end', { expiresAt: null }, 'wrong-type at $.expiresAt'],
    [
      'rules for a part of the lanes',
      { lanes: { routine: DEFAULT_APPROVALS.routine } },
      'missing-field at $.lanes.critical',
    ],
    [
      'a rule without a seat',
      { lanes: lanesWith({ seats: [], cliSignatures: 0 }) },
      'too-few at $.lanes.routine.low.seats',
    ],
    [
      'a rule that cannot be met',
      { lanes: lanesWith({ seats: [['it']], cliSignatures: 2 }) },
      'contradiction at $.lanes.routine.low',
    ],
  ])('%s', (_, given, problem) => {
    const read = decodeRoot(Buffer.from(canonicalJson({ ...wire, ...given })));
    expect(read.ok ? 'taken' : read.refusal.detail).toBe(problem);
  });

  it('solo with one key', () => {
    const [one] = solo().people;
    const keys = one?.keys.slice(0, 1) ?? [];
    expect(() => encodeRoot(solo({ people: one === undefined ? [] : [{ ...one, keys }] }))).toThrow('contradiction');
  });

  function lanesWith(rule: object) {
    return { ...DEFAULT_APPROVALS, routine: { ...DEFAULT_APPROVALS.routine, low: rule } };
  }
});

function withSecondKey(root: TrustRoot, login: string, name: KeyName): TrustRoot {
  const people = root.people
    .map((person) => ({ ...person, keys: person.keys.filter(({ key }) => keyIdOf(key) !== keyIdOf(KEYS[name].key)) }))
    .map((person) =>
      person.login === login
        ? {
            ...person,
            keys: [...person.keys, { class: 'cli' as const, key: KEYS[name].key }].sort((a, b) =>
              keyIdOf(a.key) < keyIdOf(b.key) ? -1 : 1,
            ),
          }
        : person,
    );
  return { ...root, people };
}
