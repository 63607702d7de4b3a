import { describe, expect, it } from 'vitest';
import { fixedRangesOf } from './rpm-fixes.ts';

const build = (version: string, architecture: string | null = 'x86_64') => ({ version, architecture });
const below = (introduced: string | null, fixed: string) => ({ introduced, fixed, lastAffected: null });

describe('fixes of an rpm', () => {
  it('of one upstream version begin at the lowest', () => {
    const builds = [build('0:5.14.0-503.11.1.el9_5'), build('0:5.14.0-427.13.1.el9_4')];

    expect(fixedRangesOf(builds)).toEqual([{ architectures: null, ranges: [below(null, '0:5.14.0-427.13.1.el9_4')] }]);
  });

  it('of a line that was opened later stand beside the first', () => {
    const builds = [build('0:3.9.19-8.el9'), build('0:3.9.18-3.el9_4.5')];

    expect(fixedRangesOf(builds)[0]?.ranges).toEqual([
      below(null, '0:3.9.18-3.el9_4.5'),
      below('0:3.9.19', '0:3.9.19-8.el9'),
    ]);
  });

  it('that are alike on all architectures speak of all', () => {
    const builds = ['x86_64', 'aarch64', 's390x'].map((architecture) => build('0:1-2', architecture));

    expect(fixedRangesOf(builds)).toEqual([{ architectures: null, ranges: [below(null, '0:1-2')] }]);
  });

  it('of an architecture that was built again alone speak of it alone', () => {
    const builds = [build('0:1-2', 's390x'), build('0:1-3', 'aarch64'), build('0:1-2', 'x86_64')];

    expect(fixedRangesOf(builds)).toEqual([
      { architectures: ['s390x', 'x86_64'], ranges: [below(null, '0:1-2')] },
      { architectures: ['aarch64'], ranges: [below(null, '0:1-3')] },
    ]);
  });
});
