import { describe } from 'vitest';
import { itOrders, itRefuses } from '../testing/agreement.ts';
import { itKeepsTheLawsOfAnOrder } from '../testing/laws.ts';
import { looseOrder } from './index.ts';

describe('looseOrder', () => {
  itOrders(looseOrder, [
    // Cisco IOS and IOS XE
    ['17.3.4', '<', '17.3.4a'],
    ['17.3.4a', '<', '17.3.4b'],
    ['17.3.4b', '<', '17.3.5'],
    ['15.2(4)M3', '<', '15.2(4)M11'],
    // PAN-OS
    ['10.2.3', '<', '10.2.3-h4'],
    ['10.2.3-h4', '<', '10.2.3-h12'],
    ['10.2.3-h12', '<', '10.2.4'],
    ['11.0.0-b12', '>', '11.0.0-beta12'],
    // Junos
    ['21.4R3', '<', '21.4R3-S5'],
    ['21.4R3-S5', '<', '21.4R3-S5.4'],
    // FortiOS
    ['7.0.11', '<', '7.0.12 build0523'],
    ['7.0.12 build0523', '=', '7.0.12,build523'],
    // Leading zeros, letters, words before a release, missing numbers.
    ['v2.0', '=', '2'],
    ['1.0', '=', '1.0.0'],
    ['1.09', '<', '1.10'],
    ['1.0A', '=', '1.0a'],
    ['1.0-rc2', '<', '1.0'],
    ['1.0 RC 2', '<', '1.0 RC 10'],
    ['1.0-alpha', '<', '1.0-rc'],
    ['1.0.0-preview', '<', '1'],
    ['2023-09-30', '<', '2023-10-01'],
    ['9007199254740992', '<', '9007199254740993'],
  ]);
  itRefuses(looseOrder, [
    ['a word', 'latest', 'no-number'],
    ['a line feed', '1.0\n', 'character'],
    ['a letter outside ASCII', '1.0é', 'character'],
  ]);
  itKeepsTheLawsOfAnOrder(looseOrder, [
    '1',
    '0',
    '.0',
    '.1',
    '.10',
    'a',
    '-rc',
    'beta',
    'R',
    '-S',
    '(4)',
    ' ',
    'v',
    'h',
  ]);
});
