import { expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { fallenOf } from './risk-fallen.ts';
import { answer } from './testing/responses.ts';
import { asset, exploited, finding, NOW } from './testing/samples.ts';

it('names what got worse, by response, and nothing of which nobody said anything', () => {
  const worse = { source: 'curl', about: { severity: 'critical', knownExploited: exploited() } } as const;
  const findings = [
    finding({ ...worse, answers: [answer(), answer({ response: 'r2', endedAt: NOW })] }),
    finding({ ...worse, subject: 'CVE-2026-0002' }),
    finding({ source: 'curl', subject: 'CVE-2026-0003', answers: [answer()] }),
  ];
  expect(fallenOf(findings, asset(), DEFAULT_POLICY, NOW)).toEqual([
    { response: 'r1', vulnerability: 'CVE-2026-0001', source: 'curl', cause: 'now-exploited' },
  ]);
});

it('an asset that can be reached from outside now may have got worse by that alone', () => {
  const about = { ssvc: { exploitation: 'active', automatable: true, technicalImpact: 'partial' } } as const;
  const one = finding({ about, answers: [answer({ basis: { lane: 'critical', exploited: false, fixless: false } })] });
  expect(fallenOf([one], asset({ exposure: 'internal', criticality: 'low' }), DEFAULT_POLICY, NOW)).toEqual([]);
  expect(fallenOf([one], asset({ exposure: 'public', criticality: 'critical' }), DEFAULT_POLICY, NOW)).toMatchObject([
    { cause: 'lane-rose' },
  ]);
});
