import { describe, expect, it } from 'vitest';
import { originIds, packageIndexes } from './layout.ts';

const suite = {
  place: 'deb.debian.org/debian',
  suite: 'bookworm',
  components: ['main', 'contrib'],
  architectures: ['amd64', 'arm64'],
};
const flat = { place: 'packages.example.org/apt', suite: './', components: [], architectures: ['amd64'] };

describe('a repository', () => {
  it('has a name for each component, as hosts have', () => {
    expect(originIds(suite)).toEqual(['deb.debian.org/debian bookworm/main', 'deb.debian.org/debian bookworm/contrib']);
    expect(originIds(flat)).toEqual(['packages.example.org/apt ./']);
  });

  it('has an index for each component and architecture', () => {
    const paths = (allApart: boolean) => packageIndexes({ ...suite, components: ['main'] }, { allApart });

    expect(paths(false)).toEqual([
      { component: 'main', path: 'main/binary-amd64/Packages', optional: false },
      { component: 'main', path: 'main/binary-arm64/Packages', optional: false },
    ]);
    expect(paths(true)).toContainEqual({ component: 'main', path: 'main/binary-all/Packages', optional: true });
    expect(packageIndexes(flat, { allApart: false })).toEqual([{ component: null, path: 'Packages', optional: false }]);
  });
});
