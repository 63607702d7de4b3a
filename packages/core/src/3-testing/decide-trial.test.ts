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
  return { name: 'ring1', job: done(), expected: [OPENSSL], look, ...members };
}

function facts(...hosts: TrialHost[]): TrialFacts {
  return { subject: 'openssl', hosts, soakMs: 4 * HOUR, boxEndsAt: 24 * HOUR };
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
    ['for a host at work', host({ job: job({ name: 'installing' }) }), ENDED, 24 * HOUR],
    ['for a host that has no job yet', host({ job: null }), ENDED, 24 * HOUR],
  ])('waits %s', (_, waiting, now, by) => {
    expect(decideTrial(facts(host({ name: 'ring2' }), waiting), now)).toMatchObject({
      kind: 'wait',
      waitingOn: [{ code: 'test-running', by }],
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
