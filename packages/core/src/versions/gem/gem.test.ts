import { describe } from 'vitest';
import { itAgreesWithTheData, itOrders, itRefuses } from '../testing/agreement.ts';
import { itKeepsTheLawsOfAnOrder } from '../testing/laws.ts';
import { gemOrder } from './index.ts';

describe('gemOrder', () => {
  itOrders(gemOrder, [
    ['1.0', '=', '1'],
    ['1.0.a', '<', '1.0'],
    ['1.0.a', '=', '1.a'],
    ['1.a', '<', '1.0.0.b'],
    ['1.0.rc1', '<', '1.0.rc2'],
    ['1.0.rc1', '=', '1.0.rc.1'],
    ['1.0.rc2', '<', '1.0.rc10'],
    ['1.0-1', '=', '1.0.pre.1'],
    ['1.0.a.0.b', '<', '1.0.a'],
    ['1.0.RC1', '<', '1.0.rc1'],
    ['9007199254740992', '<', '9007199254740993'],
  ]);
  itRefuses(gemOrder, [
    ['a word', 'latest', 'shape'],
    ['an empty segment', '1..2', 'shape'],
    ['an underscore', '1_0', 'shape'],
    ['a requirement', '~> 1.0', 'shape'],
  ]);
  itAgreesWithTheData(gemOrder, ['rubygems.txt', 'rubygems-generated.txt'], 2_000);
  itKeepsTheLawsOfAnOrder(gemOrder, ['1', '0', '.0', '.0.0', '.1', '.10', '.a', '.b', 'a', '.rc1', '-1', '-a']);
});
