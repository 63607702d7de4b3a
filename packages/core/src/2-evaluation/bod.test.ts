import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../vocabulary/index.ts';
import { bodOf, isUrgentBod, strictestBod } from './bod.ts';
import { asset, exploited, facts, NOW } from './testing/samples.ts';

const KNOWN = { exploitation: null } as const;

describe('bodOf', () => {
  it.each([
    ['nothing, all known', false, 'internal', false, 'partial', 'FSU'],
    ['public, all known', false, 'public', false, 'partial', '60D'],
    ['unknown exposure is public', false, 'unknown', false, 'partial', '60D'],
    ['isolated is not', false, 'isolated', false, 'total', 'FSU'],
    ['public, automatable, total', false, 'public', true, 'total', '3D'],
    ['listed, all three', true, 'public', true, 'total', '3DF'],
    ['listed, internal', true, 'internal', false, 'partial', '14D'],
    // Missing enrichment: 60 days at most, stricter where what is known makes it so.
    ['nothing known', false, 'internal', null, null, '60D'],
    ['automatable unknown', false, 'internal', null, 'total', '60D'],
    ['impact unknown, public and automatable', false, 'public', true, null, '14D'],
    ['listed, nothing else known', true, 'public', null, null, '14D'],
  ] as const)('%s', (_, listed, exposure, automatable, technicalImpact, outcome) => {
    const about = facts({
      knownExploited: listed ? exploited() : null,
      ssvc: { ...KNOWN, automatable, technicalImpact },
    });

    expect(bodOf(about, asset({ exposure }), NOW, false).outcome).toBe(outcome);
  });

  it('counts from the earlier of listing and first sight, and not at all for the next upgrade', () => {
    const none = { ...KNOWN, automatable: false, technicalImpact: 'partial' } as const;
    const before = facts({ knownExploited: exploited({ added: NOW - 5 * DAY_MS }), ssvc: none });
    const after = facts({ knownExploited: exploited({ added: NOW + DAY_MS }), ssvc: none });

    expect(bodOf(before, asset(), NOW, true)).toEqual({
      ...{ outcome: '14D', due: NOW + 9 * DAY_MS, binding: true },
      table: { name: 'CISA BOD 26-04', version: '1.0.0' },
      inputs: { knownExploited: true, exposed: false, automatable: false, technicalImpact: 'partial' },
    });
    expect(bodOf(after, asset(), NOW, true).due).toBe(NOW + 14 * DAY_MS);
    expect(bodOf(facts({ ssvc: none }), asset(), NOW, true)).toMatchObject({
      outcome: 'FSU',
      due: null,
      binding: true,
    });
  });
});

it.each([
  ['3DF', '3D', '3DF'],
  ['60D', '14D', '14D'],
  ['FSU', '60D', '60D'],
  ['FSU', 'FSU', 'FSU'],
] as const)('of %s and %s the strictest is %s', (a, b, strictest) => {
  expect(strictestBod(a, b)).toBe(strictest);
  expect(strictestBod(b, a)).toBe(strictest);
});

it.each([
  ['3DF', true],
  ['3D', true],
  ['14D', true],
  ['60D', false],
  ['FSU', false],
] as const)('%s is urgent: %s', (outcome, urgent) => {
  expect(isUrgentBod(outcome)).toBe(urgent);
});
