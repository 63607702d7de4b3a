import { describe } from 'vitest';
import { itAgreesWithTheData, itOrders, itRefuses, NOT_PRINTABLE } from '../testing/agreement.ts';
import { itKeepsTheLawsOfAnOrder } from '../testing/laws.ts';
import { mavenOrder } from './index.ts';

const PIECES =
  '1 0 .0 .1 .10 -0 -1 -2 -alpha .alpha a1 -beta -rc .rc -SNAPSHOT -sp .Final -ga .RELEASE -foo .foo -bar - . _x'.split(
    ' ',
  );

describe('mavenOrder', () => {
  itOrders(mavenOrder, [
    // POM reference, "Version Order Specification"
    ['1', '<', '1.1'],
    ['1-snapshot', '<', '1'],
    ['1', '<', '1-sp'],
    ['1-foo2', '<', '1-foo10'],
    ['1.foo', '<', '1-foo'],
    ['1-foo', '<', '1-1'],
    ['1-1', '<', '1.1'],
    ['1.ga', '=', '1-ga'],
    ['1-ga', '=', '1-0'],
    ['1-0', '=', '1.0'],
    ['1.0', '=', '1'],
    ['1-a1', '=', '1-alpha-1'],
    ['1-sp', '>', '1-ga'],
    ['1-sp-1', '<', '1-ga-1'],
    ['1-m1', '<', '1-rc1'],
    ['1-cr1', '=', '1-rc1'],
    ['1-a', '>', '1-sp'],
    ['1.0.0-foo.0.0', '=', '1-foo'],
    ['1.0-FOO', '=', '1.0-foo'],
    // Where the specification goes in a circle.
    ['1.0.alpha', '<', '1'],
    ['1', '<', '1-sp'],
    ['1.0.alpha', '<', '1-sp'],
    ['1-rc', '<', '1.0.rc'],
    ['9007199254740992', '<', '9007199254740993'],
  ]);
  itRefuses(mavenOrder, [...NOT_PRINTABLE, ['a range', '[1.0,2.0)', 'character']]);
  itAgreesWithTheData(mavenOrder, ['maven.txt', 'maven-generated.txt'], 7_000);
  itKeepsTheLawsOfAnOrder(mavenOrder, PIECES);
});
