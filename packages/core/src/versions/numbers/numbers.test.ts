import { describe } from 'vitest';
import { itAgreesWithTheData, itOrders, itRefuses } from '../testing/agreement.ts';
import { itKeepsTheLawsOfAnOrder } from '../testing/laws.ts';
import { cranOrder, hackageOrder } from './index.ts';

const PIECES = ['1', '0', '01', '10', '.', '.', '-', '9'.repeat(40)];

describe('cranOrder', () => {
  itOrders(cranOrder, [
    ['0.9', '<', '0.75'],
    ['1.0-1', '=', '1.0.1'],
    ['1.0', '<', '1.0.0'],
    ['1.01', '=', '1.1'],
  ]);
  itRefuses(cranOrder, [
    ['a letter', '1.0a', 'shape'],
    ['a separator at the end', '1.0-', 'shape'],
  ]);
  itAgreesWithTheData(cranOrder, ['cran.txt', 'cran-generated.txt'], 40);
  itKeepsTheLawsOfAnOrder(cranOrder, PIECES);
});

describe('hackageOrder', () => {
  itOrders(hackageOrder, [
    ['0.2', '<', '0.11'],
    ['1.0', '<', '1.0.0'],
    ['2', '>', '1.9.9.9'],
  ]);
  itRefuses(hackageOrder, [
    ['a hyphen', '1.0-1', 'shape'],
    ['a tag', '1.0-beta', 'shape'],
  ]);
  itAgreesWithTheData(hackageOrder, ['hackage.txt'], 6);
  itKeepsTheLawsOfAnOrder(hackageOrder, PIECES);
});
