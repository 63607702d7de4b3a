import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { DAY_MS, HOUR_MS } from '../vocabulary/index.ts';
import { assess } from './assess.ts';
import { clockOf } from './clock.ts';
import { answer } from './testing/responses.ts';
import { asset, finding, NOW } from './testing/samples.ts';
import { stoppedMsOf, type WaitFacts, waitsOf } from './waits.ts';

const RELEASED = NOW - 10 * DAY_MS;
const OFFER = { subject: 'curl 2.0-1', since: RELEASED + HOUR_MS, phased: false };
const CLOSED = { group: 'web', closedAt: NOW - 2 * DAY_MS, opensAt: NOW + DAY_MS, isOpen: false, freezes: [] };
const FREEZE = { title: 'Christmas', from: NOW - HOUR_MS, until: NOW + 5 * DAY_MS };
const FACTS: WaitFacts = {
  ...{ pauses: [], status: 'affected', fixed: '2.0-1', firstSeen: RELEASED, releasedAt: RELEASED },
  ...{ offer: OFFER, isOfferKnown: true, held: [], notRunning: [], times: null, now: NOW },
};
const told = (kind: string, subject: string, from: number | null, until: number | null) => ({
  ...{ kind, subject, from, until, stopsClock: false },
});

describe('what a finding waits for', () => {
  test.each<[string, Partial<WaitFacts>, readonly unknown[]]>([
    ['nothing, where its fix is offered', {}, []],
    ['a fix that does not exist', { fixed: null, offer: null }, [told('no-fix', 'a fix', RELEASED, null)]],
    [
      'the vendor, who puts it off',
      { fixed: null, offer: null, status: 'deferred' },
      [told('awaiting-vendor', 'a fix', RELEASED, null)],
    ],
    [
      'nothing any more, after the time before its release',
      { firstSeen: RELEASED - DAY_MS },
      [told('no-fix', 'a fix', RELEASED - DAY_MS, RELEASED)],
    ],
    ['an origin that offers it', { offer: null }, [told('fix-not-offered', '2.0-1', RELEASED, null)]],
    ['nothing that is known, where nobody was asked', { offer: null, isOfferKnown: false }, []],
    ['its phase', { offer: { ...OFFER, phased: true } }, [told('phased', 'curl 2.0-1', OFFER.since, null)]],
    [
      'a hold, and not for a window before it is lifted',
      { held: [{ subject: 'libcurl4', since: NOW - DAY_MS }], times: CLOSED },
      [told('held', 'libcurl4', NOW - DAY_MS, null)],
    ],
    [
      'a restart alone, once it is installed',
      { notRunning: [{ subject: 'nginx.service', since: null }], times: CLOSED },
      [told('not-running', 'nginx.service', null, null)],
    ],
    ['its window', { times: CLOSED }, [told('window', 'web', NOW - 2 * DAY_MS, NOW + DAY_MS)]],
    [
      'its window since it is offered, where none was open since',
      { times: { ...CLOSED, closedAt: RELEASED - DAY_MS } },
      [told('window', 'web', OFFER.since, NOW + DAY_MS)],
    ],
    ['nothing in an open window', { times: { ...CLOSED, isOpen: true } }, []],
    [
      'the end of a freeze',
      { times: { ...CLOSED, freezes: [FREEZE], opensAt: null } },
      [told('window', 'web', NOW - 2 * DAY_MS, null), told('freeze', 'Christmas', FREEZE.from, FREEZE.until)],
    ],
  ])('is %s', (_, facts, expected) => {
    expect(waitsOf({ ...FACTS, ...facts })).toEqual(expected);
  });

  it('is told with who answered for it, which alone stops the clock', () => {
    const pause = { response: 'r1', kind: 'accept', from: NOW - 3 * DAY_MS, until: NOW - DAY_MS } as const;
    const waits = waitsOf({ ...FACTS, pauses: [pause], times: CLOSED });

    expect(waits.map(({ kind, stopsClock }) => [kind, stopsClock])).toEqual([
      ['answered', true],
      ['window', false],
    ]);
    expect(stoppedMsOf(waits, RELEASED, NOW)).toBe(2 * DAY_MS);
  });

  it('adds up to the due time, however often and by whom it was answered for', () => {
    const days = fc.integer({ min: -20, max: 40 });
    const answers = fc.array(fc.tuple(days, fc.integer({ min: 1, max: 20 })), { maxLength: 5 });
    fc.assert(
      fc.property(answers, days, (said, shift) => {
        const now = NOW + shift * DAY_MS;
        const answered = said.map(([from, lasts], at) =>
          answer({
            ...{ response: `r${at}`, from: NOW + from * DAY_MS, until: NOW + (from + lasts) * DAY_MS },
            basis: { lane: 'routine', exploited: false, fixless: false },
          }),
        );
        const facts = finding({ answers: answered });
        const assessment = assess(facts, asset(), DEFAULT_POLICY, now);
        const { start } = clockOf(facts, asset(), DEFAULT_POLICY, now);
        const waits = waitsOf({ ...FACTS, pauses: assessment.pauses, now });
        const stopped = stoppedMsOf(waits, start, assessment.due);

        const ends = Math.max(start + DEFAULT_POLICY.routine.dueMs + stopped, assessment.answered?.until ?? 0);
        expect(assessment.due).toBe(ends);
      }),
    );
  });
});
