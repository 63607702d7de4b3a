import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseEpss } from './parse.ts';

const HEAD = '#model_version:v2026.06.15,score_date:2026-08-16T00:00:00+0000\ncve,epss,percentile\n';
const file = (...rows: string[]) => bytesOf(HEAD + rows.map((row) => `${row}\n`).join(''));

describe('parseEpss', () => {
  it('reads scores with their model and date', () => {
    expect(parseEpss(gzipSync(file('CVE-1999-0001,0.03351,0.8765', 'CVE-2026-12345,1.0,1')))).toEqual({
      model: 'v2026.06.15',
      scoreDate: '2026-08-16',
      scores: [
        { vulnerability: 'CVE-1999-0001', score: 0.03351, percentile: 0.8765 },
        { vulnerability: 'CVE-2026-12345', score: 1, percentile: 1 },
      ],
      quarantined: [],
      dataAsOf: Date.UTC(2026, 7, 16),
    });
  });

  it.each([
    ['lines of Windows', `${HEAD}CVE-1999-0001,0.1,0.2\n`.replaceAll('\n', '\r\n')],
    ['a date without a time', `${HEAD}CVE-1999-0001,0.1,0.2\n`.replace('T00:00:00+0000', '')],
    ['a very small score', `${HEAD}CVE-1999-0001,1.5e-05,0.2\n`],
  ])('reads %s', (_, text) => {
    const { scores, quarantined } = parseEpss(bytesOf(text));

    expect(scores.length).toBe(1);
    expect(quarantined).toEqual([]);
  });

  it.each([
    ['a score above one', 'CVE-2026-0001,1.1,0.5'],
    ['a negative score', 'CVE-2026-0001,-0.1,0.5'],
    ['a word', 'CVE-2026-0001,high,0.5'],
    ['a missing column', 'CVE-2026-0001,0.1'],
    ['another column', 'CVE-2026-0001,0.1,0.2,0.3'],
    ['another id', 'GHSA-1,0.1,0.2'],
    ['nothing', ''],
  ])('quarantines %s, and the others stay', (_, row) => {
    const { scores, quarantined } = parseEpss(file('CVE-1999-0001,0.1,0.2', row));

    expect(scores.length).toBe(1);
    expect(quarantined).toEqual([{ record: 'line 4', problem: `it is no score: ${row}` }]);
  });

  it('takes the first of two scores', () => {
    const { scores, quarantined } = parseEpss(file('CVE-1999-0001,0.1,0.2', 'CVE-1999-0001,0.9,0.9'));

    expect(scores.map(({ score }) => score)).toEqual([0.1]);
    expect(quarantined).toEqual([{ record: 'CVE-1999-0001', problem: 'line 4 scores it again' }]);
  });

  const whole = file('CVE-1999-0001,0.03351,0.8765');

  it.each<[string, Uint8Array, string]>([
    ['empty', new Uint8Array(), 'empty: the file is empty'],
    ['cut off within a number', whole.subarray(0, -4), 'incomplete: the last line of the file does not end'],
    ['without scores', file(), 'incomplete: the file holds no score'],
    [
      'without its model',
      bytesOf('cve,epss,percentile\nCVE-1999-0001,0.1,0.2\n'),
      'not-this-feed: the file does not begin with its model',
    ],
    [
      'with other columns',
      bytesOf(HEAD.replace('epss', 'score')),
      'not-this-feed: the file does not begin with its model',
    ],
    [
      'of an impossible day',
      bytesOf(HEAD.replace('08-16', '02-30')),
      'not-this-feed: the file does not begin with its model',
    ],
    ['a damaged gzip', gzipSync(whole).subarray(0, 40), 'damaged: the gzip data is damaged'],
    ['not text', Uint8Array.of(0xff, 0x0a), 'not-text: the file is not UTF-8 text'],
  ])('refuses a file that is %s', (_, bytes, fault) => {
    expect(faultOf(() => parseEpss(bytes))).toContain(fault);
  });

  it.skipIf(TEST_DATA === null)('reads the real scores without loss', () => {
    const { scores, model, scoreDate, quarantined } = parseEpss(dataFile('epss/epss_scores-2026-08-16.csv.gz'));

    expect({ model, scoreDate, quarantined }).toEqual({ model: 'unknown', scoreDate: '2026-08-16', quarantined: [] });
    expect(scores.length).toBe(360_142);
  });
});
