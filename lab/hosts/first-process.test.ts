import { expect, it } from 'vitest';
import { isFirstProcess } from './first-process.ts';

const status = (name: string, numbers: string): string =>
  `Name:\t${name}\nUmask:\t0000\nNSpid:\t${numbers}\nNSpgid:\t1\n`;

it.each([
  ['systemd as number 1 of a host', 'systemd', '4711\t1', true],
  ['what becomes it', 'systemd-nspawn', '4711\t1', false],
  ['a process of the host', 'systemd', '4711\t17', false],
  ['a process of this machine', 'systemd', '1', false],
  ['number 1 of a container in the host', 'systemd', '4711\t88\t1', false],
])('%s', (_, name, numbers, is) => {
  expect(isFirstProcess(status(name, numbers))).toBe(is);
});

it('a process that has gone is none', () => {
  expect(isFirstProcess('')).toBe(false);
});
