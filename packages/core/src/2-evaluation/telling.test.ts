import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../vocabulary/index.ts';
import { hearersOf, messageDueAt, TELLING_KINDS, type TellingPerson } from './telling.ts';

const person = (login: string, roles: TellingPerson['roles'], ways: TellingPerson['ways'] = {}) => ({
  login,
  roles,
  ways,
});
const PEOPLE = [
  person('sam', ['security']),
  person('ivy', ['it'], { exploited: 'digest', 'feed-silent': 'quiet' }),
  person('otto', ['owner']),
  person('ada', ['admin']),
];

describe('who hears of it', () => {
  it.each([
    ['exploited', [], ['sam at-once', 'ivy digest']],
    ['exploited', ['Otto', 'Team Web'], ['sam at-once', 'ivy digest', 'otto at-once']],
    ['critical', [], ['sam at-once']],
    ['feed-silent', [], ['sam digest', 'ada digest']],
    ['announcements-unread', [], ['sam digest']],
    ['support-ended', ['otto'], ['sam digest', 'ivy digest', 'otto digest']],
  ] as const)('%s of the assets of %j', (kind, owners, expected) => {
    expect(hearersOf({ kind, owners }, PEOPLE).map(({ login, way }) => `${login} ${way}`)).toEqual(expected);
  });

  it('nobody who wants quiet, whatever it is', () => {
    const quiet = person(
      'sam',
      ['security', 'it', 'admin'],
      Object.fromEntries(TELLING_KINDS.map((kind) => [kind, 'quiet'])),
    );

    for (const kind of TELLING_KINDS) expect(hearersOf({ kind, owners: ['sam'] }, [quiet])).toEqual([]);
  });
});

describe('when they hear of it', () => {
  const urgent = (since: number) => ({ way: 'at-once', since }) as const;
  const digest = (since: number) => ({ way: 'digest', since }) as const;
  it.each([
    ['nothing', [], null, null],
    ['what is urgent, with what comes right after it', [urgent(0)], null, 2 * MINUTE_MS],
    ['what is urgent, after the pause', [urgent(0)], -MINUTE_MS, 14 * MINUTE_MS],
    ['the message of the hour', [digest(0)], null, HOUR_MS],
    ['the message of the hour, after the last one', [digest(0)], 10 * MINUTE_MS, 70 * MINUTE_MS],
    ['all of it with what is urgent', [digest(0), urgent(MINUTE_MS)], null, 3 * MINUTE_MS],
  ])('%s', (_, waiting, last, due) => {
    expect(messageDueAt(waiting, last)).toBe(due);
  });

  it('however much happens, four messages an hour at most', () => {
    const happenings = fc.array(
      fc.record({
        way: fc.constantFrom('at-once' as const, 'digest' as const),
        since: fc.integer({ min: 0, max: 5 * HOUR_MS }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(happenings, (all) => {
        const sent: number[] = [];
        let waiting: typeof all = [];
        for (let now = 0; now <= 7 * HOUR_MS; now += MINUTE_MS) {
          waiting = [...waiting, ...all.filter(({ since }) => since > now - MINUTE_MS && since <= now)];
          const due = messageDueAt(waiting, sent.at(-1) ?? null);
          if (due === null || due > now) continue;
          sent.push(now);
          waiting = [];
        }
        for (const at of sent)
          expect(sent.filter((other) => other >= at && other < at + HOUR_MS).length).toBeLessThanOrEqual(4);
        expect(waiting).toEqual([]);
      }),
    );
  });
});
