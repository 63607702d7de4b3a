import type { Leaf, PlanBody } from '@patchsteward/core/plan';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import { sha256 } from '../hash.ts';
import { change, leaf, otherLeaf, PACKAGE_HASH, planOf, WEB } from '../testing/plans.ts';
import { decodeLeaf, encodeLeaf } from './leaf-codec.ts';
import { isInPlan, leafTree, leavesRootOf } from './leaf-tree.ts';
import { decodePlan, encodePlan, jobKey, planIdOf } from './plan-codec.ts';

type Json = Readonly<Record<string, unknown>>;

function wire(bytes: Uint8Array): Json {
  const value: unknown = JSON.parse(Buffer.from(bytes).toString());
  return { ...(typeof value === 'object' ? value : {}) };
}

const LEAF = leaf();
const PLAN = planOf([LEAF, otherLeaf()]);
const LEAF_WIRE = wire(encodeLeaf(LEAF));
const PLAN_WIRE = wire(encodePlan(PLAN));
const bytesOf = (value: unknown) => Buffer.from(canonicalJson(value));
const wireChange = (given: object = {}) => ({ ...change(), ...given });

it('a leaf and a plan come back as they were', () => {
  expect(decodeLeaf(encodeLeaf(LEAF))).toEqual({ ok: true, value: LEAF });
  expect(decodePlan(encodePlan(PLAN))).toEqual({ ok: true, value: PLAN });
});

const FURTHER = {
  files: ['/etc/nginx/nginx.conf', '/srv/www/index.html'],
  errorLinesMax: 5,
  wanted: { units: ['backup.timer'], ports: [8443], urls: [], files: [] },
};
const further = (given: object): Json => ({
  ...LEAF_WIRE,
  health: { ...LEAF.health, further: { ...FURTHER, ...given } },
});

it('further checks of a health profile come back as they were', () => {
  const full = leaf({ health: { ...LEAF.health, further: FURTHER } });

  expect(decodeLeaf(encodeLeaf(full))).toEqual({ ok: true, value: full });
});

it('without them the bytes are what they were before there were any', () => {
  expect(Object.keys({ ...(LEAF_WIRE['health'] as object) }).sort()).toEqual(['ports', 'units', 'urls', 'watchMs']);
});

it('instants are RFC 3339 in UTC with milliseconds', () => {
  expect(PLAN_WIRE['notAfter']).toBe('2026-11-23T18:00:00.000Z');
  expect(LEAF_WIRE['intervals']).toEqual([{ from: '2026-11-22T17:00:00.000Z', until: '2026-11-22T19:00:00.000Z' }]);
});

it('a plan is the hash of its bytes, and a job of plan, host and epoch', () => {
  const payload = encodePlan(PLAN);
  expect(planIdOf(payload)).toBe(sha256(payload));
  const job = { plan: planIdOf(payload), assetId: WEB, epoch: 7 };
  expect(jobKey(job)).toBe(sha256(`{"assetId":"${WEB}","epoch":7,"plan":"${job.plan}"}`));
  expect(jobKey({ ...job, epoch: 8 })).not.toBe(jobKey(job));
});

const problemOf = (read: { ok: boolean; refusal?: { detail: string } }) => (read.ok ? 'taken' : read.refusal?.detail);

describe('what is no leaf', () => {
  const wrong: readonly (readonly [string, Json, string])[] = [
    ['a field more', { ...LEAF_WIRE, script: 'rm' }, 'unknown-field at $.script'],
    ['a field less', withoutWave(), 'missing-field at $.wave'],
    ['another document', { ...LEAF_WIRE, type: 'plan' }, 'not-one-of at $.type'],
    ['another ecosystem', { ...LEAF_WIRE, ecosystem: 'apk' }, 'not-one-of at $.ecosystem'],
    [
      'further checks that say nothing',
      further({ files: [], errorLinesMax: null, wanted: { units: [], ports: [], urls: [], files: [] } }),
      'contradiction at $.health.further',
    ],
    ['half of further checks', further({ wanted: null }), 'wrong-type at $.health.further.wanted'],
    ['a file by a detour', further({ files: ['/srv/../etc/shadow'] }), 'wrong-form at $.health.further.files[0]'],
    ['a file of nowhere', further({ files: ['etc/shadow'] }), 'wrong-form at $.health.further.files[0]'],
    ['files out of order', further({ files: ['/srv/b', '/srv/a'] }), 'not-sorted at $.health.further.files[1]'],
    ['errors below none', further({ errorLinesMax: -1 }), 'out-of-range at $.health.further.errorLinesMax'],
    ['a host by its name', { ...LEAF_WIRE, assetId: 'web-1' }, 'wrong-form at $.assetId'],
    ['a host in capitals', { ...LEAF_WIRE, assetId: WEB.toUpperCase() }, 'wrong-form at $.assetId'],
    ['a wave as text', { ...LEAF_WIRE, wave: '1' }, 'wrong-type at $.wave'],
    ['half a wave', { ...LEAF_WIRE, wave: 0.5 }, 'wrong-type at $.wave'],
    ['a wave below 0', { ...LEAF_WIRE, wave: -1 }, 'out-of-range at $.wave'],
    ['an endless wave', { ...LEAF_WIRE, wave: 1e15 }, 'out-of-range at $.wave'],
    ['no changes', { ...LEAF_WIRE, changes: [] }, 'too-few at $.changes'],
    ['changes that are none', { ...LEAF_WIRE, changes: {} }, 'wrong-type at $.changes'],
    ['a change twice', { ...LEAF_WIRE, changes: [wireChange(), wireChange()] }, 'duplicate at $.changes[1]'],
    [
      'changes out of order',
      { ...LEAF_WIRE, changes: [wireChange({ name: 'zlib1g' }), wireChange()] },
      'not-sorted at $.changes[1]',
    ],
    [
      'a name like an option',
      { ...LEAF_WIRE, changes: [wireChange({ name: '-oAPT' })] },
      'wrong-form at $.changes[0].name',
    ],
    [
      'a name like a path',
      { ...LEAF_WIRE, changes: [wireChange({ name: './a.deb' })] },
      'wrong-form at $.changes[0].name',
    ],
    ['a name of two', { ...LEAF_WIRE, changes: [wireChange({ name: 'a b' })] }, 'wrong-form at $.changes[0].name'],
    [
      'a version like an option',
      { ...LEAF_WIRE, changes: [wireChange({ to: '-1' })] },
      'wrong-form at $.changes[0].to',
    ],
    [
      'a change of nothing',
      { ...LEAF_WIRE, changes: [wireChange({ from: '1', to: '1' })] },
      'contradiction at $.changes[0]',
    ],
    [
      'bytes without a hash',
      { ...LEAF_WIRE, changes: [wireChange({ sha256: null })] },
      'contradiction at $.changes[0]',
    ],
    [
      'bytes without an origin',
      { ...LEAF_WIRE, changes: [wireChange({ origin: null })] },
      'contradiction at $.changes[0]',
    ],
    ['no bytes', { ...LEAF_WIRE, changes: [wireChange({ sizeBytes: 0 })] }, 'contradiction at $.changes[0]'],
    ['a removal with bytes', { ...LEAF_WIRE, changes: [wireChange({ to: null })] }, 'contradiction at $.changes[0]'],
    [
      'a hash of another kind',
      { ...LEAF_WIRE, changes: [wireChange({ sha256: 'md5:1' })] },
      'wrong-form at $.changes[0].sha256',
    ],
    [
      'an absurd size',
      { ...LEAF_WIRE, changes: [wireChange({ sizeBytes: 1e13 })] },
      'out-of-range at $.changes[0].sizeBytes',
    ],
    ['a unit that is a path', { ...LEAF_WIRE, restarts: ['/bin/sh.service'] }, 'wrong-form at $.restarts[0]'],
    ['a unit like an option', { ...LEAF_WIRE, restarts: ['--now.service'] }, 'wrong-form at $.restarts[0]'],
    ['restarts out of order', { ...LEAF_WIRE, restarts: ['b.service', 'a.service'] }, 'not-sorted at $.restarts[1]'],
    ['a reboot by another word', { ...LEAF_WIRE, reboot: 'always' }, 'not-one-of at $.reboot'],
    ['no interval', { ...LEAF_WIRE, intervals: [] }, 'too-few at $.intervals'],
    [
      'an interval that ends before it begins',
      { ...LEAF_WIRE, intervals: [{ from: '2026-11-22T19:00:00.000Z', until: '2026-11-22T18:00:00.000Z' }] },
      'contradiction at $.intervals[0]',
    ],
    [
      'intervals that overlap',
      {
        ...LEAF_WIRE,
        intervals: [
          { from: '2026-11-22T18:00:00.000Z', until: '2026-11-22T20:00:00.000Z' },
          { from: '2026-11-22T19:00:00.000Z', until: '2026-11-22T21:00:00.000Z' },
        ],
      },
      'contradiction at $.intervals',
    ],
    ['an instant without milliseconds', interval('2026-11-22T18:00:00Z'), 'wrong-form at $.intervals[0].from'],
    ['an instant of another zone', interval('2026-11-22T18:00:00.000+01:00'), 'wrong-form at $.intervals[0].from'],
    ['the 30th of February', interval('2026-02-30T18:00:00.000Z'), 'wrong-form at $.intervals[0].from'],
    ['an instant as a number', interval(1_795_000_000_000), 'wrong-type at $.intervals[0].from'],
    ['a health check of another host', health({ urls: ['http://10.0.0.1:80/'] }), 'wrong-form at $.health.urls[0]'],
    [
      'a health check by name',
      health({ urls: ['http://127.0.0.1.evil.example:80/'] }),
      'wrong-form at $.health.urls[0]',
    ],
    [
      'a health check with a user',
      health({ urls: ['http://127.0.0.1:80@evil.example/'] }),
      'wrong-form at $.health.urls[0]',
    ],
    ['a health check in a file', health({ urls: ['file:///etc/shadow'] }), 'wrong-form at $.health.urls[0]'],
    ['port 0', health({ ports: [0] }), 'out-of-range at $.health.ports[0]'],
    ['a port twice', health({ ports: [80, 80] }), 'duplicate at $.health.ports[1]'],
    ['a watch of a year', health({ watchMs: 366 * 86_400_000 }), 'out-of-range at $.health.watchMs'],
    ['a backup of another kind', { ...LEAF_WIRE, backup: { kind: 'trust-me' } }, 'not-one-of at $.backup.kind'],
    ['a proof without a hash', { ...LEAF_WIRE, backup: { kind: 'proof' } }, 'missing-field at $.backup.proof'],
    [
      'a way back without a word why',
      { ...LEAF_WIRE, rollback: { kind: 'none', why: '' } },
      'wrong-form at $.rollback.why',
    ],
    [
      'a way back with an escape',
      { ...LEAF_WIRE, rollback: { kind: 'none', why: '\u001b[2J' } },
      'wrong-form at $.rollback.why',
    ],
    ['a way back to something else', rollback({ from: change().to, to: '1' }), 'contradiction at $'],
    ['a way back of another package', rollback({ name: 'sudo', from: '2', to: '1' }), 'contradiction at $'],
    ['grace of a year', { ...LEAF_WIRE, rollbackGraceMs: 366 * 86_400_000 }, 'out-of-range at $.rollbackGraceMs'],
  ];

  it.each(wrong)('%s', (_, value, problem) => {
    expect(problemOf(decodeLeaf(bytesOf(value)))).toBe(problem);
  });

  it.each([
    ['space', Buffer.from(JSON.stringify(LEAF_WIRE, null, 1))],
    ['names in another order', Buffer.from(JSON.stringify(Object.fromEntries(Object.entries(LEAF_WIRE).reverse())))],
    ['a name twice', Buffer.from(canonicalJson(LEAF_WIRE).replace('"wave":1', '"wave":1,"wave":1'))],
    ['a number with an exponent', Buffer.from(canonicalJson(LEAF_WIRE).replace('"wave":1', '"wave":1e0'))],
    ['an escape that needs none', Buffer.from(canonicalJson(LEAF_WIRE).replace('openssl', 'open\\u0073sl'))],
    ['a mark before the text', Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), encodeLeaf(LEAF)])],
    ['something behind', Buffer.concat([encodeLeaf(LEAF), Buffer.from('\n')])],
    ['a prototype', Buffer.from(canonicalJson(LEAF_WIRE).replace('{', '{"__proto__":{},'))],
  ])('the same leaf with %s', (_, bytes) => {
    expect(problemOf(decodeLeaf(bytes))).toMatch(/^(not-canonical at \$|not-json at \$|unknown-field)/);
  });

  it('brackets without end', () => {
    expect(problemOf(decodeLeaf(Buffer.alloc(1_000_000, '[')))).toMatch(/^not-(json|canonical) at/);
  });

  it('nor does anybody write one', () => {
    expect(() => encodeLeaf({ ...LEAF, wave: -1 })).toThrow('out-of-range at $.wave');
    expect(() => encodeLeaf({ ...LEAF, intervals: [{ from: Number.NaN, until: 1 }] })).toThrow('No instant');
  });

  function withoutWave(): Json {
    return Object.fromEntries(Object.entries(LEAF_WIRE).filter(([name]) => name !== 'wave'));
  }

  function interval(from: unknown): Json {
    return { ...LEAF_WIRE, intervals: [{ from, until: '2027-11-22T19:00:00.000Z' }] };
  }

  function health(given: object): Json {
    return { ...LEAF_WIRE, health: { ...LEAF.health, ...given } };
  }

  function rollback(given: object): Json {
    return { ...LEAF_WIRE, rollback: { kind: 'downgrade', changes: [wireChange(given)] } };
  }
});

describe('what is no plan', () => {
  const hash = PACKAGE_HASH;
  it.each([
    ['a field more', { ...PLAN_WIRE, id: 1 }, 'unknown-field at $.id'],
    ['another document', { ...PLAN_WIRE, type: 'leaf' }, 'not-one-of at $.type'],
    ['a kind of nobody', { ...PLAN_WIRE, kind: 'emergency' }, 'not-one-of at $.kind'],
    ['a lane of nobody', { ...PLAN_WIRE, lane: 'fast' }, 'not-one-of at $.lane'],
    ['a requester in capitals', { ...PLAN_WIRE, requester: 'Ivy' }, 'wrong-form at $.requester'],
    ['a rollback of nothing', { ...PLAN_WIRE, kind: 'rollback' }, 'contradiction at $'],
    ['hosts that are not there', { ...PLAN_WIRE, leafCount: 3 }, 'contradiction at $'],
    ['no hosts', { ...PLAN_WIRE, leafCount: 0 }, 'out-of-range at $.leafCount'],
    ['a million hosts', { ...PLAN_WIRE, leafCount: 1_000_000 }, 'out-of-range at $.leafCount'],
    [
      'authority that ends before the work',
      { ...PLAN_WIRE, notAfter: '2026-11-22T18:00:00.000Z' },
      'contradiction at $',
    ],
    ['root 0', { ...PLAN_WIRE, rootVersion: 0 }, 'out-of-range at $.rootVersion'],
    ['evidence out of order', { ...PLAN_WIRE, evidence: evidence('b', 'a') }, 'not-sorted at $.evidence[1]'],
    ['evidence twice', { ...PLAN_WIRE, evidence: evidence('a', 'a') }, 'duplicate at $.evidence[1]'],
    ['a plan superseded twice', { ...PLAN_WIRE, supersedes: [hash, hash] }, 'duplicate at $.supersedes[1]'],
    ['no root of leaves', { ...PLAN_WIRE, leavesRoot: null }, 'wrong-form at $.leavesRoot'],
  ])('%s', (_, value, problem) => {
    expect(problemOf(decodePlan(bytesOf(value)))).toBe(problem);
  });

  function evidence(...kinds: readonly string[]) {
    return kinds.map((kind) => ({ kind, hash }));
  }
});

describe('the tree of a plan', () => {
  it('proves each leaf, byte for byte and in its place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (count, seed) => {
        const bytes = Array.from({ length: count }, (_, index) => Buffer.from(`leaf ${index}`));
        const tree = leafTree(bytes);
        const index = seed % count;
        const placed = { bytes: bytes[index] ?? Buffer.alloc(0), index, proof: tree.proof(index) };
        const plan = { leavesRoot: tree.root, leafCount: count };

        expect(tree.root).toBe(leavesRootOf(bytes));
        expect(isInPlan(placed, plan)).toBe(true);
        expect(isInPlan({ ...placed, bytes: Buffer.from('leaf') }, plan)).toBe(false);
        expect(isInPlan({ ...placed, index: index + 1 }, plan)).toBe(false);
      }),
    );
  });
});

it('random changes to the bytes of a leaf or a plan are refused, or are no changes', () => {
  const documents = [encodeLeaf(LEAF), encodePlan(PLAN)];
  fc.assert(
    fc.property(fc.nat(1), fc.nat(), fc.nat(255), (which, seed, byte) => {
      const bytes = Buffer.from(documents[which] ?? '');
      bytes.writeUInt8(byte, seed % bytes.length);
      const read: { ok: boolean; value?: Leaf | PlanBody } = which === 0 ? decodeLeaf(bytes) : decodePlan(bytes);
      // What is read at all has these very bytes again: one meaning, one text.
      if (!read.ok) return;
      const again = which === 0 ? encodeLeaf(read.value as Leaf) : encodePlan(read.value as PlanBody);
      expect(Buffer.from(again).equals(bytes)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});
