import { beforeEach, expect, test } from 'vitest';
import { Refusal } from '../platform/http/refusal.ts';
import { createEnrollmentLimit } from './enrollment-limit.ts';

const NOW = 1_000_000;
const wrong = () => Promise.reject(new Refusal('token-wrong', 'no such token'));
const right = () => Promise.resolve('enrolled');
let limit: ReturnType<typeof createEnrollmentLimit>;

beforeEach(() => {
  limit = createEnrollmentLimit();
});

async function fail(times: number, address = '192.0.2.7'): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await expect(limit(address, NOW, wrong)).rejects.toMatchObject({ code: 'token-wrong' });
  }
}

test('after twenty failures an address waits, and is told how long', async () => {
  await fail(20);

  await expect(limit('192.0.2.7', NOW + 15_000, right)).rejects.toMatchObject({
    code: 'rate-limited',
    retryAfterSeconds: 45,
  });
});

test('after the minute it may try again', async () => {
  await fail(20);

  await expect(limit('192.0.2.7', NOW + 60_000, right)).resolves.toBe('enrolled');
});

test('a clock that is set back makes nobody wait for longer', async () => {
  await fail(20);

  await expect(limit('192.0.2.7', NOW - 1, right)).resolves.toBe('enrolled');
});

test('what succeeds counts for nothing: a whole fleet behind one address may enroll', async () => {
  for (let host = 0; host < 500; host += 1) await limit('192.0.2.7', NOW, right);

  await expect(limit('192.0.2.7', NOW, right)).resolves.toBe('enrolled');
});

test('other addresses do not wait', async () => {
  await fail(20);

  await expect(limit('192.0.2.8', NOW, right)).resolves.toBe('enrolled');
});

test('a database that is gone is not the fault of the host', async () => {
  for (let time = 0; time < 30; time += 1) {
    await expect(limit('192.0.2.7', NOW, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  }

  await expect(limit('192.0.2.7', NOW, right)).resolves.toBe('enrolled');
});
