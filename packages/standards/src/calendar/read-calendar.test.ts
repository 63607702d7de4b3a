import { frozenSpans } from '@patchsteward/core/plan';
import { DAY_MS } from '@patchsteward/core/vocabulary';
import { describe, expect, it } from 'vitest';
import { zoneTable } from '../zones/index.ts';
import { readCalendar } from './read-calendar.ts';

const FROM = Date.UTC(2026, 10, 20);
const UNTIL = FROM + 800 * DAY_MS;

/** As a calendar in Berlin has them. */
const OUTLOOK_ZONE = `BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
`;

function calendarOf(...events: readonly string[]): string {
  const bodies = events.map((event) => (event.startsWith('BEGIN:') ? event : `BEGIN:VEVENT\n${event}\nEND:VEVENT\n`));
  return `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n${bodies.join('')}END:VCALENDAR\n`.replaceAll('\n', '\r\n');
}

function readOf(...events: readonly string[]) {
  const read = readCalendar(calendarOf(...events), FROM, UNTIL);
  if (read.kind !== 'read') throw new Error(read.why);
  return read;
}

/** From and until in UTC, as a group in Berlin has them. */
function shown(...events: readonly string[]): string[] {
  const table = zoneTable('Europe/Berlin', FROM, UNTIL);
  return readOf(...events).freezes.map(({ freeze }) =>
    frozenSpans([freeze], table)
      .flatMap(({ from, until }) => [from, until])
      .map((at) => new Date(at).toISOString().slice(0, 16))
      .join(' '),
  );
}

describe('an event of a calendar', () => {
  it.each<[string, string, string[]]>([
    ['of days', 'UID:a\nDTSTART;VALUE=DATE:20261220\nDTEND;VALUE=DATE:20270103', ['2026-12-19T23:00 2027-01-02T23:00']],
    ['of one day', 'UID:a\nDTSTART;VALUE=DATE:20261220', ['2026-12-19T23:00 2026-12-20T23:00']],
    ['in UTC', 'UID:a\nDTSTART:20261220T100000Z\nDTEND:20261220T120000Z', ['2026-12-20T10:00 2026-12-20T12:00']],
    ['without a zone', 'UID:a\nDTSTART:20261220T100000\nDTEND:20261220T120000', ['2026-12-20T09:00 2026-12-20T11:00']],
    [
      'in a zone that the calendar does not describe',
      'UID:a\nDTSTART;TZID=America/New_York:20261220T100000\nDTEND;TZID=America/New_York:20261220T120000',
      ['2026-12-20T15:00 2026-12-20T17:00'],
    ],
    ['with a length', 'UID:a\nDTSTART:20261220T100000Z\nDURATION:PT90M', ['2026-12-20T10:00 2026-12-20T11:30']],
    [
      'between two zones',
      'UID:a\nDTSTART;TZID=Asia/Tokyo:20261220T100000\nDTEND;TZID=Europe/London:20261220T100000',
      ['2026-12-20T01:00 2026-12-20T10:00'],
    ],
    [
      'at the end of a month, three times',
      'UID:a\nDTSTART;VALUE=DATE:20261130\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3',
      ['2026-11-29T23:00 2026-11-30T23:00', '2026-12-30T23:00 2026-12-31T23:00', '2027-01-30T23:00 2027-01-31T23:00'],
    ],
    [
      'that repeats in a zone keeps its hour when clocks change, and has its last turn',
      'UID:a\nDTSTART;TZID=Europe/Berlin:20270326T100000\nDTEND;TZID=Europe/Berlin:20270326T120000\nRRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20270401T080000Z',
      ['2027-03-26T09:00 2027-03-26T11:00', '2027-03-29T08:00 2027-03-29T10:00', '2027-04-01T08:00 2027-04-01T10:00'],
    ],
    [
      'without those that were taken out, and with one more',
      'UID:a\nDTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nRRULE:FREQ=DAILY;COUNT=5\nEXDATE:20261202T100000Z,20261203T100000Z\nEXDATE;VALUE=DATE:20261204\nRDATE:20261224T100000Z',
      ['2026-12-01T10:00 2026-12-01T11:00', '2026-12-05T10:00 2026-12-05T11:00', '2026-12-24T10:00 2026-12-24T11:00'],
    ],
    ['that is over', 'UID:a\nDTSTART:20200101T100000Z\nDTEND:20200101T110000Z', []],
    ['that was canceled', 'UID:a\nSTATUS:CANCELLED\nDTSTART:20261220T100000Z\nDTEND:20261220T120000Z', []],
  ])('%s', (_, event, expected) => {
    expect(shown(event)).toEqual(expected);
    expect(readOf(event).unread).toEqual([]);
  });

  it('in a zone with a name of its own goes by what the calendar says of it', () => {
    const event =
      'UID:a\nDTSTART;TZID=W. Europe Standard Time:20270701T100000\nDTEND;TZID=W. Europe Standard Time:20270701T120000';

    expect(shown(OUTLOOK_ZONE, event)).toEqual(['2027-07-01T08:00 2027-07-01T10:00']);
    expect(readOf(event).unread).toEqual([{ title: 'a', why: 'it names a zone that nobody knows' }]);
  });

  it('of a series that was moved is where it was moved to, and a canceled one is gone', () => {
    const series =
      'UID:close\nSUMMARY:Close\nDTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nRRULE:FREQ=DAILY;COUNT=3';
    const moved = 'UID:close\nRECURRENCE-ID:20261202T100000Z\nDTSTART:20261202T150000Z\nDTEND:20261202T160000Z';
    const gone =
      'UID:close\nRECURRENCE-ID:20261203T100000Z\nSTATUS:CANCELLED\nDTSTART:20261203T100000Z\nDTEND:20261203T110000Z';
    const other = 'UID:other\nRECURRENCE-ID:20261201T100000Z\nDTSTART:20261210T150000Z\nDTEND:20261210T160000Z';

    expect(shown(series, moved, gone, other)).toEqual([
      '2026-12-01T10:00 2026-12-01T11:00',
      '2026-12-02T15:00 2026-12-02T16:00',
      '2026-12-10T15:00 2026-12-10T16:00',
    ]);
  });

  it('that goes on is followed as far as was asked for, and that is said', () => {
    const { freezes, goesOn } = readOf(
      'UID:a\nSUMMARY:Year\\, end\nDTSTART;VALUE=DATE:20201224\nDTEND;VALUE=DATE:20201227\nRRULE:FREQ=YEARLY',
    );

    expect(freezes.map(({ title, freeze }) => [title, freeze])).toEqual([
      ['Year, end', { kind: 'local', from: '2026-12-24T00:00', until: '2026-12-27T00:00' }],
      ['Year, end', { kind: 'local', from: '2027-12-24T00:00', until: '2027-12-27T00:00' }],
      ['Year, end', { kind: 'local', from: '2028-12-24T00:00', until: '2028-12-27T00:00' }],
    ]);
    expect(goesOn).toBe(true);
  });

  it.each([
    ['UID:a\nDTSTART:20261220T100000Z', 'it has no length'],
    ['UID:a\nDTSTART:20261220T100000Z\nDTEND:20261220T100000Z', 'it ends before it begins'],
    ['UID:a\nSUMMARY:Never', 'it says no begin'],
    ['UID:a\nDTSTART:2026-12-20', 'its times cannot be read'],
    ['UID:a\nDTSTART:20261220T100000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY', 'it comes more than 4000 times'],
    [
      'UID:a\nDTSTART:20261220T100000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20261224T100000Z/PT2H',
      'it names further times with a length of their own',
    ],
  ])('%s is told as not read: %s', (event, why) => {
    const { freezes, unread } = readOf(event, 'UID:b\nDTSTART;VALUE=DATE:20261220');

    expect(freezes.map(({ uid }) => uid)).toEqual(['b']);
    expect(unread.map((one) => one.why)).toEqual([why]);
  });
});

describe('a file', () => {
  it.each([
    '',
    'no calendar',
    'BEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\n',
    'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n',
    calendarOf('UID:a\nDTSTART;VALUE=DATE:20261220\nRRULE:FREQ=OFTEN'),
  ])('that is none is unreadable: %j', (text) => {
    expect(readCalendar(text, FROM, UNTIL)).toEqual({
      kind: 'unreadable',
      why: 'it is no iCalendar file, or has a rule that is none',
    });
  });

  it('of too many events is refused', () => {
    const events = Array.from({ length: 2_001 }, (_, index) => `UID:${index}\nDTSTART;VALUE=DATE:20261220`);

    expect(readCalendar(calendarOf(...events), FROM, UNTIL)).toEqual({
      kind: 'unreadable',
      why: 'it has more than 2000 events',
    });
  });

  it('of several calendars is all of them', () => {
    const [one, other] = ['a', 'b'].map((uid) => calendarOf(`UID:${uid}\nDTSTART;VALUE=DATE:20261220`));
    const read = readCalendar(`${one}${other}`, FROM, UNTIL);

    expect(read.kind === 'read' ? read.freezes.map(({ uid }) => uid) : read).toEqual(['a', 'b']);
  });
});
