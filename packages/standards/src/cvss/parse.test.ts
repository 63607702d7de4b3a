import { describe, expect, it } from 'vitest';
import { type CvssVector, definedValue, hasGroup, onlyGroups, parseVector } from './parse.ts';

const BASE_3 = 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const BASE_4 = 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
const BASE_2 = 'AV:N/AC:L/Au:N/C:C/I:C/A:C';

function parsed(text: string): CvssVector {
  const vector = parseVector(text);
  if ('fault' in vector) throw new Error(`${text}: ${vector.fault}`);
  return vector;
}

describe('parseVector', () => {
  it.each([
    [BASE_2, '2.0'],
    [`(${BASE_2})`, '2.0'],
    [`${BASE_2}/E:POC/RL:ND`, '2.0'],
    [`CVSS:3.0/${BASE_3}`, '3.0'],
    [`CVSS:3.1/${BASE_3}/E:X/MAV:P`, '3.1'],
    ['CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N', '3.1'],
    [`CVSS:4.0/${BASE_4}/E:U/MSI:S/AU:Y/U:Amber`, '4.0'],
  ])('reads %s', (text, version) => {
    expect(parsed(text).version).toBe(version);
  });

  it.each([
    ['', 'unknown-version', ''],
    ['9.8', 'unknown-version', ''],
    [BASE_3.replace('AV:N/', ''), 'unknown-version', ''],
    [`CVSS:2.0/${BASE_2}`, 'unknown-version', 'CVSS:2.0'],
    [`CVSS:3.2/${BASE_3}`, 'unknown-version', 'CVSS:3.2'],
    [`cvss:3.1/${BASE_3}`, 'unknown-version', ''],
    [BASE_3, 'unknown-metric', 'PR:N'],
    [`CVSS:3.1/${BASE_3}/`, 'unknown-metric', ''],
    [`CVSS:3.1/${BASE_3}/VC:H`, 'unknown-metric', 'VC:H'],
    [`CVSS:3.1/${BASE_3}/toString:H`, 'unknown-metric', 'toString:H'],
    [`CVSS:3.1/${BASE_3.replace('AV:N', 'AV:n')}`, 'unknown-value', 'AV:n'],
    [`CVSS:3.1/${BASE_3}/E:F:F`, 'unknown-value', 'E:F:F'],
    [`CVSS:3.1/${BASE_3}/E`, 'unknown-value', 'E'],
    [`CVSS:3.1/${BASE_3}/E:ND`, 'unknown-value', 'E:ND'],
    [`CVSS:3.1/${BASE_3}/AV:N`, 'metric-twice', 'AV:N'],
    [`CVSS:3.1/${BASE_3.replace('/S:U', '')}`, 'metric-missing', 'S'],
    [`CVSS:4.0/${BASE_4.replace('AV:N/AC:L', 'AC:L/AV:N')}`, 'metric-misplaced', 'AV:N'],
    [`CVSS:4.0/${BASE_4}/CR:H/E:A`, 'metric-misplaced', 'E:A'],
    [`CVSS:4.0/${'A'.repeat(400)}`, 'too-long', ''],
  ])('refuses %s', (text, fault, at) => {
    expect(parseVector(text)).toEqual({ fault, at });
  });
});

describe('the groups of a vector', () => {
  const vector = parsed(`CVSS:4.0/${BASE_4}/E:P/CR:X/MAV:L/S:P`);

  it.each([
    ['AV', 'N'],
    ['MAV', 'L'],
    ['CR', null],
    ['IR', null],
  ])('%s is %s', (name, value) => {
    expect(definedValue(vector, name)).toBe(value);
  });

  it('are there where one of their metrics is defined', () => {
    expect(hasGroup(vector, 'environmental')).toBe(true);
    expect(hasGroup(onlyGroups(vector, ['threat']), 'environmental')).toBe(false);
    expect(hasGroup(onlyGroups(vector, ['threat']), 'threat')).toBe(true);
    expect(hasGroup(parsed(`CVSS:3.1/${BASE_3}/E:X/RL:X`), 'threat')).toBe(false);
  });
});
