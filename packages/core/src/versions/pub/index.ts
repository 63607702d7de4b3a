import { orderByRows } from '../row.ts';
import { components, identifiers, PAD, prerelease } from '../semver/identifiers.ts';

const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const PUB = new RegExp(`^v?([0-9]+\\.[0-9]+\\.[0-9]+)(?:-(${IDENTIFIERS}))?(?:\\+(${IDENTIFIERS}))?$`);

/** SemVer, but builds count: one without comes first, others compare as prereleases do. // pub: version.compareTo */
export const pubOrder = orderByRows({
  read: (version) => {
    const [, numbers, early, build] = PUB.exec(version) ?? [];
    if (numbers === undefined) return 'shape';
    const released = [...components(numbers), ...prerelease(early)];
    return build === undefined ? released : [...released, PAD, ...identifiers(build)];
  },
  pad: PAD,
});
