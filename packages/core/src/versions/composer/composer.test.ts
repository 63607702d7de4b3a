import { describe } from 'vitest';
import { itAgreesWithTheData, itOrders, itRefuses } from '../testing/agreement.ts';
import { itKeepsTheLawsOfAnOrder } from '../testing/laws.ts';
import { composerOrder } from './index.ts';

// Without the placeholder, which has no place in an order.
const PIECES = '1 0 .0 .1 .10 a -alpha b2 -RC1 rc pl1 .p -dev -foo v _ +1'.split(' ');

describe('composerOrder', () => {
  itOrders(composerOrder, [
    // PHP manual, version_compare: any other word < dev < alpha = a < beta = b < RC = rc < # < pl = p
    ['1.0-foo', '<', '1.0-dev'],
    ['1.0-foo', '=', '1.0-zoo'],
    ['1.0-dev', '<', '1.0a'],
    ['1.0a', '=', '1.0alpha'],
    ['1.0alpha', '<', '1.0b'],
    ['1.0b', '=', '1.0-beta'],
    ['1.0beta', '<', '1.0RC'],
    ['1.0RC', '=', '1.0.rc'],
    ['1.0rc', '<', '1.0'],
    ['1.0', '<', '1.0.0'],
    ['1.0.9', '<', '1.0pl1'],
    ['1.0pl1', '=', '1.0p1'],
    ['v1.0', '=', 'V1.0'],
    ['dev-main', '<', '0'],
    ['9007199254740992', '<', '9007199254740993'],
    // The placeholder equals every number and none; a word beside it does not care.
    ['1.#', '=', '1.7'],
    ['1.#', '=', '1'],
    ['1.#.2', '<', '1.7.3'],
    ['1.#', '>', '1.rc'],
  ]);
  itRefuses(composerOrder, [
    ['a constraint', '^1.0', 'character'],
    ['a space', '1.0 || 2.0', 'character'],
    ['a wildcard', '1.*', 'character'],
    ['a separator at the end', '1.0.', 'shape'],
    ['a separator in front', '.1', 'shape'],
    ['an empty number', '1..0', 'shape'],
  ]);
  itAgreesWithTheData(composerOrder, ['packagist.txt', 'packagist-generated.txt'], 5_300);
  itKeepsTheLawsOfAnOrder(composerOrder, PIECES);
});
