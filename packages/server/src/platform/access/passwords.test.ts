import { describe, expect, it } from 'vitest';
import { hashPassword, passwordFits } from './passwords.ts';

describe('a password', () => {
  it('fits its own hash alone, whichever way its characters are composed', async () => {
    const stored = await hashPassword('caf\u00e9 on the quay');

    const fits = await Promise.all(
      ['caf\u00e9 on the quay', 'cafe\u0301 on the quay', 'cafe on the quay', ''].map((one) =>
        passwordFits(one, stored),
      ),
    );

    expect(fits).toEqual([true, true, false, false]);
  });

  it('is never stored twice the same', async () => {
    expect(await hashPassword('x')).not.toBe(await hashPassword('x'));
  });

  it('of nobody never fits', async () => {
    expect(await passwordFits('x', undefined)).toBe(false);
  });

  it('waits its turn; a crowd is sent away', async () => {
    const results = await Promise.allSettled(Array.from({ length: 60 }, () => passwordFits('x', undefined)));

    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(8);
    expect(refused[0]).toMatchObject({ reason: { code: 'too-many-attempts', retryAfterSeconds: 5 } });
    expect(await passwordFits('x', undefined)).toBe(false);
  });
});
