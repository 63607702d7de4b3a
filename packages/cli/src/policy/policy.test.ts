import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { expect, it } from 'vitest';
import { asking } from '../1-identification/testing/asking.ts';

const { answering, ask, askJson } = asking();

const HASH = `sha256:${'a'.repeat(64)}`;

function serving(file: string | null): void {
  // The wire has what the server has, as lists that nobody forbids to change.
  answering({ 'policy.show': () => ({ hash: HASH, file, policy: structuredClone(DEFAULT_POLICY) }) });
}

it('the policy is shown lane by lane', async () => {
  serving(null);

  const { code, stdout } = await ask('policy', 'show');

  expect(code).toBe(0);
  const lines = stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
  expect(lines.slice(0, 2)).toEqual([['sop-3', "the procedure's own figures"], [HASH]]);
  expect(lines).toEqual(
    expect.arrayContaining([
      ['ROUTINE', 'CRITICAL', 'EMERGENCY', 'MITIGATION'],
      ['due after', '30d', '2d', '1d exposed, 2d', '4h'],
      [
        'approved by',
        '(owner/change)',
        'change + (security/owner), 1 cli',
        '(security/change/owner) + (security/change/owner), 1 cli',
        'security + owner, 1 cli',
      ],
      ['notice', '2d', '4h', '0', '0'],
      ['pauses at', '2 or 2 %, 2 alike', '2 or 2 %, 2 alike', '2 or 5 %, 3 alike', '1 or 0 %, 1 alike'],
      ['signed until', 'due + 7d', 'compiled + 3d', 'compiled + 1d', 'compiled + 14d'],
    ]),
  );
});

it('says which file it comes from', async () => {
  serving('/etc/patchsteward/policy.json');

  expect((await ask('policy', 'show')).stdout).toContain(
    "with /etc/patchsteward/policy.json laid over the procedure's own",
  );
});

it('as JSON it is what the API says', async () => {
  serving(null);

  expect(await askJson('policy', 'show')).toEqual({
    code: 0,
    stderr: '',
    answer: { hash: HASH, file: null, policy: DEFAULT_POLICY },
  });
});
