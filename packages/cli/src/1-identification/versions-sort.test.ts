import { describe, expect, it } from 'vitest';
import { run } from '../platform/testing/run.ts';

const deb = ['versions', 'sort', '--ecosystem', 'deb'];

describe('versions sort', () => {
  it.each([
    ['deb', 'deb', '1.0\n1.0~rc1\n1:0\n1.0-1\n', '1.0~rc1\n1.0\n1.0-1\n1:0\n'],
    ['equal versions in the order they came', 'deb', '1.0\n1.00\n1.0-0\n', '1.0\n1.00\n1.0-0\n'],
    ['npm', 'npm', 'v2.0.0\n2.0.0-rc.1\n1.10.0', '1.10.0\n2.0.0-rc.1\nv2.0.0\n'],
    ['nothing', 'rpm', '', ''],
  ])('sorts %s', async (_, ecosystem, stdin, stdout) => {
    const ending = await run(['versions', 'sort', '--ecosystem', ecosystem], { stdin });

    expect(ending).toEqual({ code: 0, stdout, stderr: '' });
  });

  it('prints the key of each version with --json where its order has one', async () => {
    const stdin = '2\n0\n';

    expect((await run([...deb, '--json'], { stdin })).stdout).toBe(
      '{"version":"0","key":"0202020202"}\n{"version":"2","key":"020332020202"}\n',
    );
    expect((await run(['versions', 'sort', '-e', 'cran', '--json'], { stdin })).stdout).toBe(
      '{"version":"0","key":null}\n{"version":"2","key":null}\n',
    );
  });

  it.each([
    ['an invalid version', '2\n1\na_b\n', 'line 3: "a_b" is not a valid deb version: it holds a character'],
    ['an empty line', '2\n\n1\n', 'line 2: "" is not a valid deb version: it is empty'],
    ['a missing part', '1.0-\n', 'line 1: "1.0-" is not a valid deb version: nothing stands behind its last hyphen'],
  ])('prints nothing where there is %s', async (_, stdin, complaint) => {
    const { code, stdout, stderr } = await run(deb, { stdin });

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(complaint);
  });

  it('needs an ecosystem', async () => {
    const { code, stderr } = await run(['versions', 'sort']);

    expect(code).toBe(2);
    expect(stderr).toContain('required option');
  });
});
