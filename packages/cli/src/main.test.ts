import { describe, expect, it } from 'vitest';
import { run } from './platform/testing/run.ts';

describe('the command line', () => {
  it.each([[['--help']], [['help']], [['-h']]])('prints its help for %j', async (argv) => {
    const { code, stdout, stderr } = await run(argv);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: patchsteward');
    expect(stdout).toContain('Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done');
  });

  it('prints its version', async () => {
    const { code, stdout } = await run(['--version']);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [[], 'Usage: patchsteward'],
    [['versions'], 'Usage: patchsteward versions'],
    [['versoins'], "patchsteward: unknown command 'versoins' (Did you mean versions?); see the help with --help\n"],
    [['--jsn'], "patchsteward: unknown option '--jsn' (Did you mean --json?); see the help with --help\n"],
    [['versions', 'comapre'], "patchsteward: unknown command 'comapre' (Did you mean compare?); see the help"],
  ])('calls %j wrong usage', async (argv, complaint) => {
    const { code, stdout, stderr } = await run(argv);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(complaint);
  });

  it('shows examples and the options of all commands in the help of a command', async () => {
    const { stdout } = await run(['versions', 'compare', '--help']);

    expect(stdout).toContain('Examples:\n');
    expect(stdout).toContain('--json');
  });
});
