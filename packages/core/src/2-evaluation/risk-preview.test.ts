import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { DAY_MS, HOUR_MS, type Lane } from '../vocabulary/index.ts';
import { assess } from './assess.ts';
import { assessUnder } from './risk-preview.ts';
import { answer, terms } from './testing/responses.ts';
import { asset, exploited, finding, NOW, shown } from './testing/samples.ts';

const CRITICAL = finding({ about: { severity: 'critical' } });
const UNTIL = NOW + 10 * DAY_MS;

function under(members: Parameters<typeof terms>[0], raise = false, one = CRITICAL, lane: Lane = 'critical') {
  const about = { finding: one, asset: asset(), lane };
  return assessUnder({ ...terms(members), raise }, about, DEFAULT_POLICY, NOW);
}

describe('a finding under terms that nobody asked for yet', () => {
  it.each(['accept', 'mitigate', 'transfer', 'avoid'] as const)('%s: is not due before their day', (kind) => {
    const before = assess(CRITICAL, asset(), DEFAULT_POLICY, NOW);
    const then = under({ kind, until: UNTIL });

    expect(before).toMatchObject({ late: false, due: NOW + 23 * HOUR_MS });
    expect(then).toMatchObject({ late: false, lane: 'critical', answered: { kind, until: UNTIL } });
    expect(shown(then.due)).toBe(shown(NOW + 10 * DAY_MS + 23 * HOUR_MS));
  });

  it('that is late already is not late until that day', () => {
    const late = finding({
      about: { severity: 'critical' },
      advisoryAt: NOW - 9 * DAY_MS,
      advisorySeen: NOW - 9 * DAY_MS,
    });

    expect(assess(late, asset(), DEFAULT_POLICY, NOW).late).toBe(true);
    expect(under({ until: UNTIL }, false, late)).toMatchObject({ late: false, due: UNTIL });
  });

  it('is held by what else binds: an exploited one was known to be so when it was answered for', () => {
    const one = finding({ about: { severity: 'critical', knownExploited: exploited() } });

    expect(under({ until: UNTIL }, false, one, 'emergency').answered).toMatchObject({ until: UNTIL });
  });

  it('has the lane and the due time of an override', () => {
    expect(under({ kind: 'override', lane: 'routine' })).toMatchObject({ lane: 'routine', answered: null });
    const due = NOW + HOUR_MS;
    expect(under({ kind: 'override', due }, true)).toMatchObject({ due, dueFrom: 'override' });
  });

  it('keeps what was answered for it before', () => {
    const answers = [answer({ response: 'r0', from: NOW - 12 * HOUR_MS, until: NOW - 6 * HOUR_MS })];
    const then = under({ until: UNTIL }, false, { ...CRITICAL, answers });

    expect(then.pauses.map(({ response }) => response)).toEqual(['r0', 'preview']);
    expect(shown(then.due)).toBe(shown(NOW + 10 * DAY_MS + 29 * HOUR_MS));
  });
});
