import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isAlive, ownIdentity, startedTicksOf } from './process-identity.ts';

const stat = (name: string, state: string): string => `7 (${name}) ${state} ${'0 '.repeat(18)}4711 0 0\n`;

it.each([
  ['an ordinary name', stat('sleep', 'S'), '4711'],
  ['a name with parentheses and spaces', stat('a) R 9 (b', 'S'), '4711'],
  ['a process that has ended and is not yet waited for', stat('sleep', 'Z'), null],
])('the start of a process: %s', (_, text, ticks) => {
  expect(startedTicksOf(text)).toBe(ticks);
});

it.skipIf(process.platform !== 'linux')(
  'a number that another process has by now is not the same process',
  async () => {
    const own = await ownIdentity();
    const child = spawn('true');
    await once(child, 'exit');

    expect(await isAlive(own)).toBe(true);
    expect(await isAlive({ ...own, startedTicks: '1' })).toBe(false);
    expect(await isAlive({ pid: child.pid ?? 0, startedTicks: own.startedTicks })).toBe(false);
  },
);
