import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { reasonOf } from '../vocabulary/index.ts';
import { assessTogether } from './assess-together.ts';
import { decide } from './decide.ts';
import { asset, finding, NOW } from './testing/samples.ts';

const facts = {
  subject: 'web-1',
  coverage: { kind: 'judged', scope: 'debian:12' },
  findings: [finding(), finding({ subject: 'CVE-2026-0002', intelligence: null })],
  asset: asset(),
} as const;

describe('decide', () => {
  it('proceeds with all findings together', () => {
    const [a, b] = facts.findings;

    expect(decide(facts, DEFAULT_POLICY, NOW)).toEqual({
      kind: 'proceed',
      value: assessTogether([a, b], asset(), DEFAULT_POLICY, NOW),
    });
  });

  it('an unknown severity and exposure do not wait', () => {
    const verdict = decide({ ...facts, asset: asset({ exposure: 'unknown' }) }, DEFAULT_POLICY, NOW);

    expect(verdict).toMatchObject({ kind: 'proceed', value: { lane: 'critical' } });
  });

  it('waits where step 1 could not look', () => {
    const reason = reasonOf('no-feed', 'Debian GNU/Linux 12');

    expect(decide({ ...facts, coverage: { kind: 'not-judged', reason } }, DEFAULT_POLICY, NOW)).toEqual({
      kind: 'wait',
      waitingOn: [reason],
    });
  });

  it('stops where there is nothing', () => {
    expect(decide({ ...facts, findings: [] }, DEFAULT_POLICY, NOW)).toEqual({
      kind: 'stop',
      blockedBy: [reasonOf('nothing-to-evaluate', 'web-1')],
    });
  });
});
