import { describe } from 'vitest';
import { itAgreesWithTheData, itOrders, itRefuses } from '../testing/agreement.ts';
import { itKeepsTheLawsOfAnOrder } from '../testing/laws.ts';
import { pubOrder } from './index.ts';

describe('pubOrder', () => {
  itOrders(pubOrder, [
    ['1.0.0-rc', '<', '1.0.0'],
    ['1.0.0', '<', '1.0.0+1'],
    ['1.0.0+2', '<', '1.0.0+10'],
    ['1.0.0+10', '<', '1.0.0+a'],
    ['1.0.0+1', '<', '1.0.0+1.0'],
    ['1.0.0-rc+9', '<', '1.0.0-rc.0'],
    ['v1.0.0', '=', '1.0.0'],
  ]);
  itRefuses(pubOrder, [
    ['two numbers', '1.0', 'shape'],
    ['four numbers', '1.0.0.0', 'shape'],
    ['a caret', '^1.0.0', 'shape'],
  ]);
  itAgreesWithTheData(pubOrder, ['pub.txt'], 50);
  itKeepsTheLawsOfAnOrder(pubOrder, ['1.0.0', '1.0.10', '1.1.0', '-a', '-1', '.a', '.0', '.10', '+b', '+1', '+']);
});
