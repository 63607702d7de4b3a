import { describe } from 'vitest';
import { itAgreesWithTheData, itOrders, itRefuses, NOT_PRINTABLE } from '../testing/agreement.ts';
import { itKeepsTheLawsOfAnOrder } from '../testing/laws.ts';
import { pypiOrder } from './index.ts';

const PIECES =
  '1 0 .0 .1 .10 a1 .rc2 -beta pre .post .post1 -1 .dev .dev3 +local +1 .a 1! v -foo _bar -final 20130101'.split(' ');

describe('pypiOrder', () => {
  itOrders(pypiOrder, [
    // PEP 440, "Summary of permitted suffixes and relative ordering"
    ['1.dev0', '<', '1.0.dev456'],
    ['1.0.dev456', '<', '1.0a1'],
    ['1.0a1', '<', '1.0a2.dev456'],
    ['1.0a2.dev456', '<', '1.0a12.dev456'],
    ['1.0a12.dev456', '<', '1.0a12'],
    ['1.0a12', '<', '1.0b1.dev456'],
    ['1.0b2', '<', '1.0b2.post345.dev456'],
    ['1.0b2.post345.dev456', '<', '1.0b2.post345'],
    ['1.0b2.post345', '<', '1.0rc1.dev456'],
    ['1.0rc1', '<', '1.0'],
    ['1.0', '<', '1.0+abc.5'],
    ['1.0+abc.5', '<', '1.0+abc.7'],
    ['1.0+abc.7', '<', '1.0+5'],
    ['1.0+5', '<', '1.0.post456.dev34'],
    ['1.0.post456.dev34', '<', '1.0.post456'],
    ['1.0.post456', '<', '1.1.dev1'],
    // The many ways to write one.
    ['V1.0', '=', '1'],
    ['1.0-ALPHA.1', '=', '1a1'],
    ['1.0c1', '=', '1.0rc1'],
    ['1.0preview', '=', '1.0rc0'],
    ['1.0-2', '=', '1.0.post2'],
    ['1.0.r2', '=', '1.0.post2'],
    ['1.0+A_1', '=', '1.0+a.1'],
    ['01!1', '>', '99'],
    ['1.9007199254740992', '<', '1.9007199254740993'],
    // What is older than PEP 440 comes first, as setuptools had it.
    ['1.0-foo', '<', '0.dev0'],
    ['0.1-alpha-foo', '<', '0.1-foo'],
    ['0.9m1', '<', '0.9m2'],
    ['0.9m2', '<', '0.9m10'],
    ['1.0-p1', '<', '1.0p1'],
    ['2.0-foo', '<', '10.0-foo'],
    ['1.0foo', '=', '1.0.foo'],
  ]);
  itRefuses(pypiOrder, [...NOT_PRINTABLE]);
  itAgreesWithTheData(pypiOrder, ['pypi.txt', 'pypi-generated.txt'], 6_200);
  itKeepsTheLawsOfAnOrder(pypiOrder, PIECES);
});
