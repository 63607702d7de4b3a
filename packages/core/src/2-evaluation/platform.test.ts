import { expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { DAY_MS, reasonOf } from '../vocabulary/index.ts';
import { assess } from './assess.ts';
import { decide } from './decide.ts';
import { platformFacts } from './platform.ts';
import { answer } from './testing/responses.ts';
import { asset, NOW } from './testing/samples.ts';

const RELEASE = { id: 'debian', versionId: '10', codename: 'buster', prettyName: 'Debian 10' };
const ENDED = NOW - 5 * DAY_MS;

it('a platform past its support travels as the policy says, from the end of it', () => {
  expect(assess(platformFacts(RELEASE, ENDED), asset(), DEFAULT_POLICY, NOW)).toMatchObject({
    ...{ lane: 'mitigation', due: ENDED + 30 * DAY_MS, late: false },
    why: 'Mitigation because it gets no fixes any more: 30 days from the end of its support.',
    reasons: [{ code: 'no-fix-available', subject: 'Debian 10' }],
  });
});

it('and from our first sight of an asset that came later', () => {
  const { due, why } = assess(platformFacts(RELEASE, ENDED), asset({ firstSeen: NOW }), DEFAULT_POLICY, NOW);
  expect(due).toBe(NOW + 30 * DAY_MS);
  expect(why).toContain('first sight');
});

it('may be answered for like any finding', () => {
  const answers = [answer({ basis: { lane: 'mitigation', exploited: false, fixless: true } })];
  const one = assess({ ...platformFacts(RELEASE, ENDED), answers }, asset(), DEFAULT_POLICY, NOW + DAY_MS);
  expect(one.answered).toMatchObject({ response: 'r1' });
});

it('is nothing to evaluate before its support ends', () => {
  const facts = { subject: 'web-1', coverage: { kind: 'judged', scope: 'debian:10' }, asset: asset() } as const;
  const findings = [platformFacts(RELEASE, NOW + 1)];
  expect(decide({ ...facts, findings }, DEFAULT_POLICY, NOW).kind).toBe('stop');
  expect(decide({ ...facts, findings }, DEFAULT_POLICY, NOW + 1).kind).toBe('proceed');
});

it('that ended is known of what nobody judged, and nothing else is', () => {
  const reason = reasonOf('release-not-covered', 'Debian 10');
  const facts = { subject: 'web-1', coverage: { kind: 'not-judged', reason }, asset: asset() } as const;
  const ended = platformFacts(RELEASE, NOW);
  const { platformEnded: _, ...other } = ended;
  expect(decide({ ...facts, findings: [ended, other] }, DEFAULT_POLICY, NOW)).toMatchObject({
    ...{ kind: 'proceed', value: { lane: 'mitigation' } },
  });
  expect(decide({ ...facts, findings: [platformFacts(RELEASE, NOW + 1), other] }, DEFAULT_POLICY, NOW)).toEqual({
    ...{ kind: 'wait', waitingOn: [reason] },
  });
});
