import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { DAY_MS, type Hash, HOUR_MS } from '../vocabulary/index.ts';
import { type BackupFact, decideBackup, type ProofFact } from './decide.ts';

const NOW = 100 * DAY_MS;
const LANE = DEFAULT_POLICY.lanes.critical;
// Core takes hashes as opaque.
const PROOF = 'sha256:proof' as Hash;
const WAIVER = 'sha256:waiver' as Hash;

function proof(members: Partial<ProofFact> = {}): ProofFact {
  const takenAt = NOW - HOUR_MS;
  return {
    evidence: PROOF,
    hostname: 'db1',
    takenAt,
    bytes: 1000,
    earlierBytes: [990, 1000, 1010],
    checkedAt: NOW - DAY_MS,
    ...members,
  };
}

function fact(members: Partial<BackupFact> = {}): BackupFact {
  return { assetId: 'a1', name: 'db1', hostname: 'db1', proof: proof(), waiver: null, ...members };
}

describe('a backup counts', () => {
  it.each([
    ['that is fresh, whole and of this host', {}],
    ['that is as old as it may be', { takenAt: NOW - LANE.backupAgeMaxMs }],
    ['that is half as large again', { bytes: 1500 }],
    ['without earlier ones to compare with', { bytes: 5, earlierBytes: [1000, 1000] }],
  ] as const)('%s', (_, members) => {
    expect(decideBackup([fact({ proof: proof(members) })], LANE, NOW)).toEqual({
      kind: 'proceed',
      value: { proofs: [{ assetId: 'a1', evidence: PROOF, waived: false }], missing: [] },
    });
  });

  it.each([
    ['that does not exist', null, 'backup-missing'],
    ['that is too old', proof({ takenAt: NOW - LANE.backupAgeMaxMs - 1 }), 'backup-stale'],
    ['of another host', proof({ hostname: 'db2' }), 'backup-of-other-host'],
    ['that shrank', proof({ bytes: 499 }), 'backup-too-small'],
    ['that grew beyond belief', proof({ bytes: 1501 }), 'backup-too-small'],
    ['that is empty', proof({ bytes: 0, earlierBytes: [] }), 'backup-too-small'],
    ['in a repository that was never checked', proof({ checkedAt: null }), 'backup-integrity-unknown'],
    ['in one whose check is too old', proof({ checkedAt: NOW - LANE.integrityAgeMaxMs - 1 }), 'backup-integrity-stale'],
  ] as const)('not %s', (_, one, code) => {
    expect(decideBackup([fact({ proof: one })], LANE, NOW)).toMatchObject({
      kind: 'wait',
      waitingOn: [{ code, subject: 'db1' }],
    });
  });
});

describe('a waiver', () => {
  it('stands in for a proof while it lasts', () => {
    const waiver = { statement: WAIVER, expiresAt: NOW + 1 };

    expect(decideBackup([fact({ proof: null, waiver })], LANE, NOW)).toMatchObject({
      kind: 'proceed',
      value: { proofs: [{ evidence: WAIVER, waived: true }] },
    });
  });

  it('is not used where there is a proof', () => {
    const waiver = { statement: WAIVER, expiresAt: NOW + 1 };

    expect(decideBackup([fact({ waiver })], LANE, NOW)).toMatchObject({ value: { proofs: [{ waived: false }] } });
  });

  it('that has expired is told beside what it covered', () => {
    const verdict = decideBackup([fact({ proof: null, waiver: { statement: WAIVER, expiresAt: NOW } })], LANE, NOW);

    expect(verdict).toMatchObject({ waitingOn: [{ code: 'backup-missing' }, { code: 'waiver-expired' }] });
  });
});

it('one asset without a backup is enough to wait', () => {
  const verdict = decideBackup([fact(), fact({ assetId: 'a2', name: 'db2', proof: null })], LANE, NOW);

  expect(verdict).toMatchObject({ kind: 'wait', waitingOn: [{ subject: 'db2' }] });
});
