import { describe, expect, it } from 'vitest';
import { productKey } from './product-key.ts';
import { hasProductLines, productLineOf } from './product-line.ts';

it.each([
  ['Cisco', 'IOS XE Software', true],
  ['Cisco Systems, Inc.', 'Cisco IOS', true],
  ['Cisco', 'Webex', false],
  ['Fortinet', 'FortiOS', true],
  ['Palo Alto Networks', 'PAN-OS', true],
  ['paloaltonetworks', 'pan-os', true],
  ['Juniper Networks', 'Junos OS', true],
  ['Apple', 'macOS', true],
  ['Siemens', 'SCALANCE X200', false],
  ['Acme', 'FortiOS', false],
  ['', 'FortiOS', false],
])('the branches of %s %s are known: %s', (vendor, product, known) => {
  expect(hasProductLines(productKey(vendor, product))).toBe(known);
});

describe('the branch', () => {
  it.each([
    ['cisco/ios-xe', '17.3.4a', '17.3', null, false],
    ['cisco/ios-xe', '17', null, null, false],
    ['cisco/ios', '15.2(4)M3', '15.2M', null, false],
    ['cisco/ios', '12.2(55)SE3', '12.2SE', null, false],
    ['cisco/ios', '15.2', null, null, false],
    ['cisco/nx-os', '9.3(5)', '9.3', null, false],
    ['fortinet/fortios', 'v7.0.12 build0523', '7.0', null, false],
    ['palo-alto-networks/pan-os', '10.2.4-h16', '10.2', '10.2.4', true],
    ['palo-alto-networks/pan-os', '10.2.10', '10.2', '10.2.10', false],
    ['palo-alto-networks/pan-os', '10.2', '10.2', '10.2.0', false],
    ['juniper/junos', '21.4R3-S5.4', '21.4', '21.4R3', true],
    ['juniper/junos', '21.4R3', '21.4', '21.4R3', false],
    ['juniper/junos', '12.3X48-D105', '12.3X48', null, false],
    ['apple/macos', '13.6.7', '13', null, false],
    ['apple/macos', '10.15.7', '10.15', null, false],
    ['apple/ios', '16.7.8', '16', null, false],
    ['apple/macos', 'Sonoma', null, null, false],
  ])('of %s %s is %s', (product, version, train, release, isPatch) => {
    expect(productLineOf(product, version)).toEqual(train === null ? null : { train, release, isPatch });
  });

  it('of a product without known branches is none', () => {
    expect(productLineOf('siemens/scalance', '5.5')).toBeNull();
  });
});
