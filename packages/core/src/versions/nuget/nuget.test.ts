import { describe } from 'vitest';
import { itAgreesWithTheData, itOrders, itRefuses } from '../testing/agreement.ts';
import { itKeepsTheLawsOfAnOrder } from '../testing/laws.ts';
import { nugetOrder } from './index.ts';

describe('nugetOrder', () => {
  itOrders(nugetOrder, [
    ['1.0', '=', '1.0.0.0'],
    ['1.0.0', '<', '1.0.0.1'],
    ['1.0.0-BETA.2', '=', '1.0.0-beta.2'],
    ['1.0.0-beta.2', '<', '1.0.0-Beta.11'],
    ['1.0.0-pre', '<', '1.0.0'],
    ['1.0.0+a', '=', '1.0.0+b'],
    ['1.01', '=', '1.1'],
  ]);
  itRefuses(nugetOrder, [
    ['five numbers', '1.2.3.4.5', 'shape'],
    ['a v', 'v1.0.0', 'shape'],
    ['a floating version', '1.*', 'shape'],
    ['a range', '[1.0,2.0)', 'shape'],
  ]);
  itAgreesWithTheData(nugetOrder, ['nuget.txt'], 18);
  itKeepsTheLawsOfAnOrder(nugetOrder, ['1', '0', '.0', '.1', '.10', '-a', '-A', '-1', '.a', '+b']);
});
