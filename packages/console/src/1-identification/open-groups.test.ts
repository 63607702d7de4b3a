import { describe, expect, it } from 'vitest';
import { fakeFindings } from '../platform/testing/fake-findings.ts';
import { groupFindings } from './finding-groups.ts';
import { allOrNone, openGroups, toggled } from './open-groups.ts';

const GROUPS = groupFindings(fakeFindings(3, 3));
const NAMES = GROUPS.map(({ source }) => source);

function openNow(open: string | undefined, searching = false): readonly string[] {
  return NAMES.filter(openGroups(open, searching));
}

describe('open groups', () => {
  it.each([
    ['nothing in a plain list', undefined, false, []],
    ['what a search found', undefined, true, NAMES],
    ['all', allOrNone(true), false, NAMES],
    ['none, also in a search', allOrNone(false), true, []],
    ['the named', 'openssl,curl', false, ['openssl', 'curl']],
    ['no unknown', 'nonsense', false, []],
  ])('shows %s', (_, open, searching, expected) => {
    expect(openNow(open, searching)).toEqual(expected);
  });

  it('opens one more and closes it again', () => {
    const opened = toggled(GROUPS, openGroups('curl', false), 'linux');

    expect(openNow(opened)).toEqual(['linux', 'curl']);
    expect(openNow(toggled(GROUPS, openGroups(opened, false), 'linux'))).toEqual(['curl']);
  });

  it('closes the last one also while searching', () => {
    const closed = toggled(GROUPS, openGroups('curl', true), 'curl');

    expect(openNow(closed, true)).toEqual([]);
  });
});
