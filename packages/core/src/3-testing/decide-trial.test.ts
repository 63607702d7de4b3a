import { describe, expect, it } from 'vitest';
import type { JobState } from '../job/index.ts';
import { EVIDENCE, job } from '../job/testing/samples.ts';
import { decideTrial, type TrialFacts, type TrialHost } from './decide-trial.ts';

const HOUR = 3_600_000;
const OPENSSL = { name: 'openssl', architecture: 'amd64', version: '3.0.2' };
const ENDED = 10 * HOUR;
const SOAKED = ENDED + 4 * HOUR;

function done(members: Partial<JobState> = {}): JobState {
  return job({ name: 'succeeded', since: ENDED, evidence: EVIDENCE, ...members });
}

function host(members: Partial<TrialHost> = {}): TrialHost {
  const look = { at: SOAKED, versions: [OPENSSL], failedUnits: [] };
  return { name: 'ring1', job: done(), expected: [OPENSSL], forked: false, look, ...members };
}

function facts(...hosts: TrialHost[]): TrialFacts {
  return { subject: 'openssl', hosts, soakMs: 4 * HOUR, silenceMs: HOUR, boxEndsAt: 24 * HOUR };
}

describe('the trial', () => {
  it.each<[string, TrialHost[], string, string[]]>([
    ['passes where every host is as planned after the soak', [host(), host({ name: 'ring2' })], 'pass', []],
    ['without a host proves nothing', [], 'inconclusive', ['test-host-missing']],
    [
      'fails where a host failed',
      [host(), host({ job: job({ name: 'failed', failedAt: 1 }) })],
      'fail',
      ['test-failed'],
    ],
    [
      'fails where a host went back',
      [host({ job: job({ name: 'rolled-back', failedAt: 1 }) })],
      'fail',
      ['test-failed'],
    ],
    [
      'fails where the versions after the job differ',
      [host({ expected: [{ ...OPENSSL, version: '3.0.3' }] })],
      'fail',
      ['versions-differ'],
    ],
    [
      'fails where they differ after the soak',
      [host({ look: { at: SOAKED, versions: [], failedUnits: [] } })],
      'fail',
      ['versions-differ'],
    ],
    [
      'fails where a service is down after the soak',
      [host({ look: { at: SOAKED, versions: [OPENSSL], failedUnits: ['nginx.service'] } })],
      'fail',
      ['service-failed'],
    ],
    [
      'proves nothing without evidence',
      [host({ job: done({ evidence: null }) })],
      'inconclusive',
      ['test-evidence-missing'],
    ],
  ])('%s', (_, hosts, result, codes) => {
    const verdict = decideTrial(facts(...hosts), SOAKED + 1);

    expect(verdict).toMatchObject({ kind: 'proceed', value: { result } });
    if (verdict.kind === 'proceed') expect(verdict.value.reasons.map(({ code }) => code)).toEqual(codes);
  });

  it.each<[string, TrialHost, number, number]>([
    ['for the soak', host({ look: null }), SOAKED - 1, SOAKED],
    [
      'for a look after the soak',
      host({ look: { at: SOAKED - 1, versions: [OPENSSL], failedUnits: [] } }),
      SOAKED,
      24 * HOUR,
    ],
    [
      'for a host at work',
      host({ job: job({ name: 'installing', slot: { since: 0, why: 'granted' } }) }),
      ENDED,
      24 * HOUR,
    ],
    ['for a host that has no job yet', host({ job: null }), ENDED, 24 * HOUR],
  ])('waits %s', (_, waiting, now, by) => {
    expect(decideTrial(facts(host({ name: 'ring2' }), waiting), now)).toMatchObject({
      kind: 'wait',
      waitingOn: [{ code: 'test-running', by }],
    });
  });

  it('believes no inventory that came with the report of its end or before it', () => {
    const old = { at: ENDED, versions: [{ ...OPENSSL, version: '3.0.1' }], failedUnits: [] };
    const noSoak = (at: number) => ({ ...facts(host({ look: { ...old, at } })), soakMs: 0 });

    expect(decideTrial(noSoak(ENDED), ENDED + 1)).toMatchObject({
      kind: 'wait',
      waitingOn: [{ code: 'test-running' }],
    });
    expect(decideTrial(noSoak(ENDED + 1), ENDED + 1)).toMatchObject({ value: { result: 'fail' } });
  });

  it('names the host that is blocked or silent, its reason, who can clear it, and until when', () => {
    const blocked = { reason: 'plan-not-authorized', detail: 'requester-not-signed: ivy' } as const;
    const refuses = host({ name: 'ring2', job: job({ name: 'blocked', since: SOAKED, blocked }) });
    const silent = host({ name: 'ring3', job: job({ name: 'armed' }), look: null });
    const working = host({ name: 'ring4', job: job({ name: 'armed', since: SOAKED }) });

    expect(decideTrial(facts(host(), working, refuses, silent), SOAKED)).toEqual({
      kind: 'wait',
      waitingOn: [
        {
          code: 'plan-not-authorized',
          subject: 'ring2 (requester-not-signed: ivy)',
          clearableBy: ['it', 'security'],
          by: 24 * HOUR,
        },
        { code: 'report-stale', subject: 'ring3', clearableBy: ['it'], by: 24 * HOUR },
        { code: 'test-running', subject: 'openssl', clearableBy: ['system'], by: 24 * HOUR },
      ],
    });
  });

  it.each([host({ look: null }), host({ job: job({ name: 'installing' }) }), host({ job: null })])(
    'takes no silence for a pass when its time is over (%#)',
    (silent) => {
      expect(decideTrial(facts(host(), silent), 24 * HOUR)).toMatchObject({
        value: { result: 'inconclusive', reasons: [{ code: 'test-evidence-missing' }] },
      });
    },
  );

  it('does not wait for the others once one failed', () => {
    const failed = host({ job: job({ name: 'rollback-failed', failedAt: 1 }) });

    expect(decideTrial(facts(failed, host({ job: null })), ENDED)).toMatchObject({ value: { result: 'fail' } });
  });
});
