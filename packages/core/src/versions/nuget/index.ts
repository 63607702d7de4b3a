import { orderByRows } from '../row.ts';
import { components, PAD, prerelease } from '../semver/identifiers.ts';

const IDENTIFIERS = '[0-9a-z-]+(?:\\.[0-9a-z-]+)*';
const NUGET = new RegExp(`^([0-9]+(?:\\.[0-9]+){0,3})(?:-(${IDENTIFIERS}))?(?:\\+${IDENTIFIERS})?$`);

/** SemVer with up to four numbers and without case. // NuGet: package versioning */
export const nugetOrder = orderByRows({
  read: (version) => {
    const [, numbers, early] = NUGET.exec(version.toLowerCase()) ?? [];
    return numbers === undefined ? 'shape' : [...components(numbers), ...prerelease(early)];
  },
  pad: PAD,
});
