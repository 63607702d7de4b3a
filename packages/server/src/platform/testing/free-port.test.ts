import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { freePort } from './free-port.ts';

it('finds a port that the system hands to nobody else', async () => {
  // Linux says from where on it hands out ports by itself; on another system there is nothing to compare with.
  const range = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').catch(() => '32768 60999');
  const handedOut = Number.parseInt(range, 10);

  expect(await freePort()).toBeLessThan(handedOut);
});

it('finds another port each time, or nearly', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, freePort));

  expect(new Set(ports).size).toBeGreaterThan(10);
});
