import { expect, it } from 'vitest';
import { isSameRpmBuildLine } from './build-line.ts';

it.each([
  ['one minor release', '0:3.9.18-3.el9_4.5', '3.9.19-1.el9_4.1', true],
  ['two minor releases', '5.14.0-284.70.1.el9_2', '5.14.0-427.20.1.el9_4', false],
  ['a minor release and the release', '3.9.18-3.el9_4.5', '3.9.19-8.el9', false],
  ['a build made of the other', '3.9.18-3.el9_4.5', '3.9.18-3.el9', true],
  ['with an epoch that one does not write', '0:3.9.18-3.el9_4.5', '3.9.18-3.el9', true],
  ['one module on one minor release', '1:18-2.module+el9.2.0.z+20408+7cb', '1:18-1.module+el9.2.0+1+a', true],
  ['one module on two', '2.5-1.module_el8.9.0+3635+c', '2.5-2.module_el8.10.0+3700+d', false],
  ['a rebuild by a derivative', '1.0-2.el8.alma.1', '1.1-1.el8', true],
  ['two major releases', '1.0-2.el8', '1.0-3.el9', false],
  ['a distribution without lines', '1.0-1.fc39', '1.0-2.fc40', true],
  ['one that does not say', '1.0', '1.0-1.el9', false],
])('%s: %s and %s', (_, one, other, expected) => {
  expect(isSameRpmBuildLine(one, other)).toBe(expected);
  expect(isSameRpmBuildLine(other, one)).toBe(expected);
});
