import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { DAY_MS, HOUR_MS } from '../vocabulary/index.ts';
import { assess } from './assess.ts';
import { assessTogether } from './assess-together.ts';
import { answeredOf, runningDue } from './risk-answer.ts';
import { answer } from './testing/responses.ts';
import { asset, exploited, finding, NOW, shown } from './testing/samples.ts';

const { basis: BASIS } = answer();
const CRITICAL = { severity: 'critical' } as const;
const RELEASE = Date.UTC(2026, 6, 14, 8);

function assessed(answers: Parameters<typeof answer>[0][], now = NOW, about: object = CRITICAL, more: object = {}) {
  const one = finding({ about, answers: answers.map((members) => answer(members)), ...more });
  return assess(one, asset(), DEFAULT_POLICY, now);
}

describe('a finding that somebody answers for', () => {
  it('is not late until that day, and says so', () => {
    const accepted = assessed([{ from: NOW, until: NOW + 10 * DAY_MS }], NOW + 5 * DAY_MS);

    expect(accepted).toMatchObject({
      ...{ lane: 'critical', late: false, releasedAt: RELEASE, findings: 1, answeredFindings: 1 },
      answered: { response: 'r1', kind: 'accept', until: NOW + 10 * DAY_MS },
    });
    expect(accepted.reasons).toContainEqual(expect.objectContaining({ code: 'risk-answered', by: NOW + 10 * DAY_MS }));
    expect(accepted.due).toBeGreaterThanOrEqual(NOW + 10 * DAY_MS);
  });

  it('goes on where its clock stood when the day has come, with T0 and first sight as they were', () => {
    // 25 of 48 hours had passed when it was accepted.
    const reopened = assessed([{ from: NOW, until: NOW + 10 * DAY_MS }], NOW + 10 * DAY_MS);

    expect(shown(reopened.due)).toBe(shown(NOW + 10 * DAY_MS + 23 * HOUR_MS));
    expect(reopened).toMatchObject({ answered: null, releasedAt: RELEASE, late: false });
    expect(reopened.reasons).toContainEqual(expect.objectContaining({ code: 'risk-reopened' }));
    expect(reopened.why).toBe(
      'Critical because NVD calls it critical: 48 hours from the release in the advisory, not counting 10 days that ' +
        'somebody answered for. Accepted from 2026-07-15 09:00 UTC to 2026-07-25 09:00 UTC.',
    );
  });

  it('that was late before is late again at once', () => {
    const from = RELEASE + 60 * HOUR_MS;
    expect(assessed([{ from, until: from + DAY_MS }], from + HOUR_MS)).toMatchObject({
      ...{ late: false, due: from + DAY_MS },
    });
    expect(assessed([{ from, until: from + DAY_MS }], from + DAY_MS)).toMatchObject({
      ...{ late: true, due: RELEASE + 48 * HOUR_MS },
    });
  });

  it('a second time names the first', () => {
    const twice = assessed(
      [
        { response: 'r2', kind: 'mitigate', from: NOW + 12 * DAY_MS, until: NOW + 14 * DAY_MS },
        { from: NOW, until: NOW + 10 * DAY_MS },
      ],
      NOW + 13 * DAY_MS,
    );
    expect(twice.pauses.map(({ response }) => response)).toEqual(['r1', 'r2']);
    expect(twice.why).toMatch(/Accepted from 2026-07-15.* Mitigated from 2026-07-27/);
  });

  it('and is revoked counts from that moment on', () => {
    const revoked = assessed([{ endedAt: NOW + DAY_MS }], NOW + DAY_MS);
    expect(revoked).toMatchObject({ answered: null, due: RELEASE + 72 * HOUR_MS });
  });

  it('does not move the dates of others that bind', () => {
    const policy = { ...DEFAULT_POLICY, binding: { bod2604: false, knownExploitedDue: true } };
    const one = finding({
      about: { severity: 'critical', knownExploited: exploited({ due: NOW + 2 * DAY_MS }) },
      answers: [answer({ endedAt: NOW + 10 * DAY_MS, basis: { ...BASIS, exploited: true } })],
    });
    expect(assess(one, asset(), policy, NOW + 10 * DAY_MS)).toMatchObject({
      ...{ due: NOW + 2 * DAY_MS, dueFrom: 'known-exploited', late: true },
    });
  });
});

describe('what was agreed to for what was known', () => {
  it.each([
    ['the same', { severity: 'critical' }, {}, null],
    ['milder', { severity: 'medium' }, {}, null],
    ['exploited', { severity: 'critical', knownExploited: exploited() }, {}, 'now-exploited'],
    ['a fix where there was none', { severity: 'critical' }, { fixless: true }, 'fix-appeared'],
    ['a stricter lane', { severity: 'critical' }, { lane: 'routine' }, 'lane-rose'],
    ['exploited, as was known', { severity: 'critical', knownExploited: exploited() }, { exploited: true }, null],
  ] as const)('%s', (_, about, known, cause) => {
    const one = finding({ about, answers: [answer({ basis: { ...BASIS, ...known } })] });
    const { lane } = assess({ ...one, answers: [] }, asset(), DEFAULT_POLICY, NOW);
    const said = answeredOf(one, lane, NOW + HOUR_MS);

    expect(said.fallen.map((fallen) => fallen.cause)).toEqual(cause === null ? [] : [cause]);
    expect(said.standing === null).toBe(cause !== null);
    const { answered, reasons, due } = assess(one, asset(), DEFAULT_POLICY, NOW + HOUR_MS);
    expect(answered === null).toBe(cause !== null);
    expect(reasons.some(({ code }) => code === 'risk-outgrown')).toBe(cause !== null);
    if (cause !== null) expect(due).toBeLessThan(NOW + 10 * DAY_MS);
  });
});

describe('an override', () => {
  const UP = { kind: 'override', raise: true } as const;
  const DOWN = { kind: 'override', raise: false } as const;

  it.each([
    ['up', { ...UP, lane: 'critical' }, { severity: 'low' }, 'critical', NOW + 23 * HOUR_MS],
    ['up to an emergency, from its declaration', { ...UP, lane: 'emergency' }, {}, 'emergency', NOW + 48 * HOUR_MS],
    ['up, where it is stricter already', { ...UP, lane: 'routine' }, CRITICAL, 'critical', NOW + 23 * HOUR_MS],
    ['down', { ...DOWN, lane: 'routine' }, CRITICAL, 'routine', RELEASE + 30 * DAY_MS],
    ['of the due time alone', { ...DOWN, due: NOW + 5 * DAY_MS }, CRITICAL, 'critical', NOW + 5 * DAY_MS],
    ['of the due time, earlier', { ...UP, due: NOW + HOUR_MS }, CRITICAL, 'critical', NOW + HOUR_MS],
    [
      'of the due time, that is no raise any more',
      { ...UP, due: NOW + 9 * DAY_MS },
      CRITICAL,
      'critical',
      NOW + 23 * HOUR_MS,
    ],
  ] as const)('%s', (_, said, about, lane, due) => {
    const result = assessed([said], NOW, about);
    expect([result.lane, shown(result.due)]).toEqual([lane, shown(due)]);
    expect(result).toMatchObject({ answered: null, pauses: [] });
  });

  it('down does not hold what got worse', () => {
    const said = { ...DOWN, lane: 'routine', basis: { ...BASIS, lane: 'routine' } } as const;
    expect(assessed([said], NOW, CRITICAL).lane).toBe('critical');
  });
});

describe('several together', () => {
  it('count apart who is answered for, and are late for those who are not', () => {
    const open = finding({ about: CRITICAL });
    const accepted = finding({ about: CRITICAL, answers: [answer()] });
    const together = assessTogether([accepted, open, accepted], asset(), DEFAULT_POLICY, NOW + 5 * DAY_MS);
    expect(together).toMatchObject({ findings: 3, answeredFindings: 2, late: true, answered: null });
  });

  it('are answered for where all are', () => {
    const accepted = finding({ about: CRITICAL, answers: [answer()] });
    const together = assessTogether([accepted, accepted], asset(), DEFAULT_POLICY, NOW + 5 * DAY_MS);
    expect(together).toMatchObject({ late: false, answered: { response: 'r1' } });
  });
});

describe('a clock with pauses', () => {
  const Span = fc.tuple(fc.nat(1_000), fc.nat(500)).map(([from, length]) => ({ from, until: from + length }));
  const Spans = fc.array(Span, { maxLength: 6 }).map((spans) => spans.toSorted((a, b) => a.from - b.from));

  /** Counted minute by minute. */
  function counted(start: number, time: number, pauses: readonly { from: number; until: number }[]): number {
    let left = time;
    let at = start;
    while (left > 0) {
      if (!pauses.some(({ from, until }) => from <= at && at < until)) left -= 1;
      at += 1;
    }
    return at;
  }

  it('lets exactly its time pass outside of them, however they lie', () => {
    fc.assert(
      fc.property(fc.nat(600), fc.integer({ min: 1, max: 800 }), Spans, (start, time, pauses) => {
        const due = runningDue(start, time, pauses);
        expect(due).toBe(counted(start, time, pauses));
      }),
    );
  });

  it('is never earlier for one more pause', () => {
    fc.assert(
      fc.property(fc.nat(600), fc.nat(800), Spans, Span, (start, time, pauses, one) => {
        const more = [...pauses, one].toSorted((a, b) => a.from - b.from);
        expect(runningDue(start, time, more)).toBeGreaterThanOrEqual(runningDue(start, time, pauses));
      }),
    );
  });
});
