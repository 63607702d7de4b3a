import { describe } from 'vitest';
import { itAgreesWithTheData, itOrders, itRefuses } from '../testing/agreement.ts';
import { itKeepsTheLawsOfAnOrder } from '../testing/laws.ts';
import { semverOrder } from './index.ts';

describe('semverOrder', () => {
  itOrders(semverOrder, [
    // SemVer 2.0.0 §11
    ['1.0.0', '<', '2.0.0'],
    ['2.1.0', '<', '2.1.1'],
    ['1.0.0-alpha', '<', '1.0.0-alpha.1'],
    ['1.0.0-alpha.1', '<', '1.0.0-alpha.beta'],
    ['1.0.0-beta.2', '<', '1.0.0-beta.11'],
    ['1.0.0-rc.1', '<', '1.0.0'],
    ['1.0.0+one', '=', '1.0.0+two'],
    ['1.0.0-1', '<', '1.0.0--'],
    ['1.0.0-A', '<', '1.0.0-a'],
    // What registries hold besides.
    ['v1.2', '=', '1.2.0'],
    ['1.2.3', '<', '1.2.3.4'],
    ['1.2.3-rc', '<', '1.2.3.4-alpha'],
    ['1.0.0-9007199254740992', '<', '1.0.0-9007199254740993'],
    ['9007199254740992.0.0', '<', '9007199254740993.0.0'],
    ['v0.0.0-20180101000000-abc', '<', 'v0.0.0-20190101000000-abc'],
    // Not valid, yet ranked.
    ['latest', '<', '0.0.0-0'],
  ]);
  itRefuses(semverOrder, [
    ['a word', 'latest', 'shape'],
    ['a range', '>=1.0.0', 'shape'],
    ['an empty number', '1..0', 'shape'],
    ['an empty prerelease', '1.0.0-', 'shape'],
    ['an empty identifier', '1.0.0-a..b', 'shape'],
    ['an empty build', '1.0.0+', 'shape'],
    ['a line feed at the end', '1.0.0\n', 'shape'],
    ['a letter outside ASCII', '1.0.0-é', 'shape'],
  ]);
  itAgreesWithTheData(semverOrder, ['semver.txt'], 43);
  itKeepsTheLawsOfAnOrder(semverOrder, ['1', '0', '.0', '.1', '.10', '.0.0', '-', '-a', '-1', '.a', '.1a', '+b', 'v']);
});
