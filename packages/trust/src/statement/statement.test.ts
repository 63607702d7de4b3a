import { describe, expect, it, test } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import { type Envelope, PAYLOAD_TYPES, sealEnvelope } from '../dsse/index.ts';
import { sha256 } from '../hash.ts';
import { type KeyName, knownOf, NOW, signedBy, solo, team } from '../testing/people.ts';
import { assetId, WEB } from '../testing/plans.ts';
import { type BackupProof, encodeBackupProof, verifyBackupProof } from './backup-proof.ts';
import { decodeStatement, encodeStatement, payloadTypeOf, type Statement } from './statement-codec.ts';
import { STATEMENT_RULES } from './statement-rule.ts';
import { verifyStatement } from './verify-statement.ts';

const ROOT = knownOf(team());
const PLAN = sha256('a plan');
const BASE = { campaign: '0190a000-0000-7000-8000-00000000cafe', at: NOW } as const;
const WHY = { why: 'the shop sells until ten' } as const;

const STATEMENTS: readonly (readonly [KeyName, Statement])[] = [
  [
    'sam',
    {
      ...BASE,
      kind: 'risk.assessed',
      plan: null,
      by: 'sam',
      body: {
        impact: 'low',
        reboot: false,
        restarts: ['nginx.service'],
        rollback: 'prepared',
        exposure: 'public',
        note: '',
      },
    },
  ],
  ['sam', { ...BASE, kind: 'lane.set', plan: null, by: 'sam', body: { lane: 'critical', due: NOW + 1, ...WHY } }],
  ['sam', { ...BASE, kind: 'auth.released', plan: null, by: 'sam', body: WHY }],
  ['ivy', { ...BASE, kind: 'test.accepted', plan: null, by: 'ivy', body: WHY }],
  ['sam', { ...BASE, kind: 'test.deferred', plan: null, by: 'sam', body: { due: NOW + 1, ...WHY } }],
  ['otto', { ...BASE, kind: 'window.agreed', plan: PLAN, by: 'otto', body: { assets: [WEB, assetId(2)] } }],
  ['cara', { ...BASE, kind: 'approval.refused', plan: PLAN, by: 'cara', body: WHY }],
  ['cara', { ...BASE, kind: 'approval.revoked', plan: PLAN, by: 'cara', body: WHY }],
  ['cara', { ...BASE, kind: 'resume', plan: null, by: 'cara', body: WHY }],
  ['ivy', { ...BASE, kind: 'rollback.requested', plan: PLAN, by: 'ivy', body: WHY }],
  [
    'ivy',
    { ...BASE, kind: 'host.declared', plan: null, by: 'ivy', body: { assetId: WEB, as: 'down-accepted', ...WHY } },
  ],
  ['otto', { ...BASE, kind: 'waiver', plan: null, by: 'otto', body: { assetId: WEB, expiresAt: NOW + 1, ...WHY } }],
  [
    'otto',
    { ...BASE, kind: 'exception.signed', plan: null, by: 'otto', body: { assetId: WEB, expiresAt: NOW + 1, ...WHY } },
  ],
  ['sam', { ...BASE, kind: 'risk.accepted', plan: null, by: 'sam', body: { expiresAt: NOW + 1, ...WHY } }],
  [
    'ivy',
    { ...BASE, kind: 'audit.signed', plan: null, by: 'ivy', body: { dispositions: [{ assetId: WEB, text: 'gone' }] } },
  ],
  ['ada', { ...BASE, kind: 'halt', plan: null, by: 'ada', body: WHY }],
];

function sealed(statement: Statement): Envelope {
  return sealEnvelope(payloadTypeOf(statement), encodeStatement(statement));
}

function verified(envelope: unknown, known = ROOT, now = NOW): string {
  const outcome = verifyStatement(envelope, known, now);
  return outcome.ok ? 'verified' : outcome.refusal.code;
}

test('every kind of statement is here', () => {
  expect(STATEMENTS.map(([, { kind }]) => kind).sort()).toEqual(Object.keys(STATEMENT_RULES).sort());
});

describe.each(STATEMENTS.map(([signer, statement]) => [statement.kind, signer, statement] as const))(
  '%s',
  (kind, signer, statement) => {
    it('comes back as it was, with who said it', () => {
      const payload = encodeStatement(statement);
      const outcome = verifyStatement(signedBy(sealed(statement), signer), ROOT, NOW);
      const signed = { person: statement.by, keyClass: 'cli', statement: sha256(payload) };
      expect(outcome).toMatchObject({ ok: true, value: { statement, hash: sha256(payload), signed } });
    });

    it('is nothing without the role, under another type, or by another person', () => {
      const { roles, payloadType } = STATEMENT_RULES[kind];
      const other = payloadType === PAYLOAD_TYPES.halt ? PAYLOAD_TYPES.waiver : PAYLOAD_TYPES.halt;
      expect(verified(signedBy({ ...sealed(statement), payloadType: other }, signer))).toBe('payload-type-wrong');
      expect(verified(signedBy(sealed(statement), 'adrian'))).toBe('signer-not-named');
      if (roles.includes('admin')) return;
      expect(verified(signedBy(sealed({ ...statement, by: 'ada' }), 'ada'))).toBe('role-missing');
    });
  },
);

const WAIVER: Statement = {
  ...BASE,
  kind: 'waiver',
  plan: null,
  by: 'otto',
  body: { assetId: WEB, expiresAt: NOW + 1, ...WHY },
};

describe('a waiver', () => {
  it.each<readonly [string, string, () => string]>([
    ['by a key of the screen', 'verified', () => verified(signedBy(sealed(WAIVER), 'ottoScreen'))],
    ['by two keys of the person', 'verified', () => verified(signedBy(sealed(WAIVER), 'otto', 'ottoScreen'))],
    ['with a stranger beside', 'verified', () => verified(signedBy(sealed(WAIVER), 'otto', 'stranger'))],
    ['by two people', 'signer-not-named', () => verified(signedBy(sealed(WAIVER), 'otto', 'sam'))],
    ['by a machine', 'signer-not-named', () => verified(signedBy(sealed(WAIVER), 'prober'))],
    ['by a stranger', 'signer-unknown', () => verified(signedBy(sealed(WAIVER), 'stranger'))],
    ['by nobody', 'signature-missing', () => verified(sealed(WAIVER))],
    ['of tomorrow', 'not-yet-valid', () => verified(signedBy(sealed({ ...WAIVER, at: NOW + 86_400_000 }), 'otto'))],
    [
      'by a clock that is a minute ahead',
      'verified',
      () => verified(signedBy(sealed({ ...WAIVER, at: NOW + 60_000 }), 'otto')),
    ],
    [
      'under a root that has expired',
      'root-expired',
      () => verified(signedBy(sealed(WAIVER), 'otto'), ROOT, ROOT.root.expiresAt),
    ],
    [
      'under a root without the person',
      'signer-unknown',
      () => verified(signedBy(sealed(WAIVER), 'otto'), knownOf(solo())),
    ],
    [
      'as a plan',
      'payload-type-wrong',
      () => verified(signedBy({ ...sealed(WAIVER), payloadType: PAYLOAD_TYPES.plan }, 'otto')),
    ],
    ['that is no envelope', 'envelope-unreadable', () => verified('waiver')],
  ])('%s: %s', (_, code, decided) => {
    expect(decided()).toBe(code);
  });
});

describe('what is no statement', () => {
  const wire = { ...JSON.parse(Buffer.from(encodeStatement(WAIVER)).toString()) };
  const agreed = { ...wire, type: 'statement', kind: 'window.agreed', body: { assets: [WEB] } };
  it.each<readonly [string, object, string]>([
    ['a kind of nobody', { ...wire, kind: 'approve' }, 'not-one-of at $.kind'],
    ['a kind of the prototype', { ...wire, kind: 'constructor' }, 'not-one-of at $.kind'],
    ['a type that is not its own', { ...wire, type: 'statement' }, 'not-one-of at $.type'],
    ['a field more', { ...wire, note: '' }, 'unknown-field at $.note'],
    ['a body of another kind', { ...wire, body: WHY }, 'missing-field at $.body.assetId'],
    ['no reason', { ...wire, body: { ...wire.body, why: ' ' } }, 'wrong-form at $.body.why'],
    [
      'a reason that turns the reading',
      { ...wire, body: { ...wire.body, why: 'a\u202eb' } },
      'wrong-form at $.body.why',
    ],
    ['a reason without end', { ...wire, body: { ...wire.body, why: 'a'.repeat(2_001) } }, 'out-of-range at $.body.why'],
    ['an agreement to no plan', { ...agreed, plan: null }, 'wrong-form at $.plan'],
    ['an agreement for no asset', { ...agreed, plan: PLAN, body: { assets: [] } }, 'too-few at $.body.assets'],
  ])('%s', (_, value, problem) => {
    const read = decodeStatement(Buffer.from(canonicalJson(value)), PAYLOAD_TYPES.waiver);
    expect(read.ok ? 'taken' : read.refusal.detail).toBe(problem);
  });
});

const PROOF: BackupProof = {
  assetId: WEB,
  hostname: 'web-1',
  provider: 'restic',
  repository: 'vault-1, web servers',
  snapshotId: 'a'.repeat(64),
  takenAt: NOW - 3_600_000,
  bytes: 12_000_000,
  files: 340,
  paths: ['/etc', '/srv'],
  checkedAt: NOW - 86_400_000,
  probedAt: NOW,
  prober: 'vault-1',
};

describe('a backup proof', () => {
  const proven = (given: Partial<BackupProof>, ...names: readonly KeyName[]): string => {
    const envelope = signedBy(
      sealEnvelope(PAYLOAD_TYPES.backupProof, encodeBackupProof({ ...PROOF, ...given })),
      ...names,
    );
    const outcome = verifyBackupProof(envelope, ROOT, NOW);
    return outcome.ok ? 'verified' : outcome.refusal.code;
  };

  it('comes back as it was', () => {
    const payload = encodeBackupProof(PROOF);
    const envelope = signedBy(sealEnvelope(PAYLOAD_TYPES.backupProof, payload), 'prober');
    expect(verifyBackupProof(envelope, ROOT, NOW)).toEqual({
      ok: true,
      value: { proof: PROOF, hash: sha256(payload) },
    });
  });

  it.each<readonly [string, string, () => string]>([
    ['never checked for damage', 'verified', () => proven({ checkedAt: null }, 'prober')],
    ['signed by a person', 'signer-not-named', () => proven({}, 'sam')],
    ['signed by a person as well', 'signer-not-named', () => proven({}, 'prober', 'sam')],
    ['of another prober', 'signer-not-named', () => proven({ prober: 'vault-2' }, 'prober')],
    ['of tomorrow', 'not-yet-valid', () => proven({ probedAt: NOW + 86_400_000 }, 'prober')],
    ['not signed', 'signature-missing', () => proven({})],
  ])('%s: %s', (_, code, decided) => {
    expect(decided()).toBe(code);
  });

  it.each<readonly [string, Partial<BackupProof>]>([
    ['taken after it was found', { takenAt: NOW + 1 }],
    ['checked after it was found', { checkedAt: NOW + 1 }],
    ['with a short id', { snapshotId: 'abcd1234' }],
    ['with a relative path', { paths: ['etc'] }],
    ['with no path', { paths: [] }],
    ['with a host like an option', { hostname: '-h' }],
  ])('%s is never written', (_, given) => {
    expect(() => encodeBackupProof({ ...PROOF, ...given })).toThrow(RangeError);
  });

  it('under the type of a statement is none', () => {
    const envelope = signedBy(sealEnvelope(PAYLOAD_TYPES.statement, encodeBackupProof(PROOF)), 'prober');
    expect(verifyBackupProof(envelope, ROOT, NOW)).toMatchObject({
      ok: false,
      refusal: { code: 'payload-type-wrong' },
    });
  });
});
