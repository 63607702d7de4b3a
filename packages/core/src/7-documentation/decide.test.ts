import { describe, expect, it } from 'vitest';
import type { Hash, Role, SignedBy } from '../vocabulary/index.ts';
import { type AuditFacts, decideAudit } from './decide.ts';

function signed(person: string, ...roles: Role[]): SignedBy {
  // Core takes hashes as opaque.
  return { person, roles, keyClass: 'cli', statement: 'sha256:audit' as Hash };
}

function facts(members: Partial<AuditFacts> = {}): AuditFacts {
  return {
    subject: 'openssl',
    soak: { result: 'pass' },
    soakEndsAt: 100,
    rescan: { remaining: [] },
    discrepancies: [],
    explained: [],
    audits: [signed('eve', 'it'), signed('dot', 'security')],
    testDebtDue: null,
    by: 500,
    ...members,
  };
}

describe('an audit', () => {
  it.each<[string, Partial<AuditFacts>, string[]]>([
    ['is done with both signatures', {}, []],
    ['is done where every discrepancy is explained', { discrepancies: ['a1'], explained: ['a1'] }, ['a1']],
  ])('%s', (_, members, exceptions) => {
    expect(decideAudit(facts(members), 200)).toEqual({ kind: 'proceed', value: { exceptions } });
  });

  it.each<[string, Partial<AuditFacts>, number, string]>([
    ['before the soak is judged', { soak: null }, 200, 'soak-running'],
    ['before the soak is over', {}, 99, 'soak-running'],
    ['on an inconclusive soak', { soak: { result: 'inconclusive' } }, 200, 'soak-inconclusive'],
    ['before the rescan', { rescan: null }, 200, 'rescan-missing'],
    [
      'while a discrepancy has no disposition',
      { discrepancies: ['a1', 'a2'], explained: ['a1'] },
      200,
      'disposition-missing',
    ],
    [
      'while the rescan finds what nobody explained',
      { discrepancies: ['a1'], rescan: { remaining: ['a1'] } },
      200,
      'rescan-not-clean',
    ],
    ['while a test is owed', { testDebtDue: 300 }, 200, 'test-debt-open'],
    ['without Security', { audits: [signed('eve', 'it')] }, 200, 'audit-signature-missing'],
    ['by one person with both roles', { audits: [signed('ivo', 'it', 'security')] }, 200, 'audit-signature-missing'],
  ])('is not done %s', (_, members, now, code) => {
    expect(decideAudit(facts(members), now)).toMatchObject({ kind: 'wait', waitingOn: [{ code }] });
  });

  it('names whose signature is missing', () => {
    expect(decideAudit(facts({ audits: [signed('eve', 'it')] }), 200)).toMatchObject({
      waitingOn: [{ clearableBy: ['security'] }],
    });
  });

  it('stops where the change did harm', () => {
    expect(decideAudit(facts({ soak: { result: 'fail' } }), 200)).toMatchObject({
      kind: 'stop',
      blockedBy: [{ code: 'soak-failed' }],
    });
  });
});
