import { orderByRows } from '../row.ts';
import { components, PAD, prerelease } from './identifiers.ts';

const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const SEMVER = new RegExp(`^v?([0-9]+(?:\\.[0-9]+)*)(?:-(${IDENTIFIERS}))?(?:\\+${IDENTIFIERS})?$`);

/** SemVer 2.0.0 §11, over any count of numbers: registries hold `v1.2`, and 1.2.3.4. */
export const semverOrder = orderByRows({
  read: (version) => {
    const [, numbers, early] = SEMVER.exec(version) ?? [];
    return numbers === undefined ? 'shape' : [...components(numbers), ...prerelease(early)];
  },
  pad: PAD,
});
