import { expect, test } from 'vitest';
import { CommandError, type CommandLimits, runCommand } from './command.ts';

const LIMITS: CommandLimits = { timeoutMs: 10_000, outputBytesMax: 10_000 };

test('standard output is the answer', async () => {
  expect(await runCommand('printf', ['%s', 'a b $HOME; echo x'], LIMITS)).toBe('a b $HOME; echo x');
});

test('the environment is the system’s, not the caller’s', async () => {
  const answer = await runCommand('env', [], LIMITS, { EXTRA: 'yes' });

  expect(answer.trim().split('\n').toSorted()).toEqual(['EXTRA=yes', 'LC_ALL=C', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin']);
});

test('standard input is closed', async () => {
  expect(await runCommand('cat', [], LIMITS)).toBe('');
});

test.each<[string, string, string[], Partial<CommandLimits>, string]>([
  ['a tool that is not there', 'no-such-tool', [], {}, 'not-found'],
  ['a tool that fails', 'false', [], {}, 'failed'],
  ['a tool that hangs', 'sleep', ['60'], { timeoutMs: 50 }, 'timed-out'],
  ['a tool that floods', 'yes', [], { outputBytesMax: 1000 }, 'output-too-large'],
  ['a call that was canceled before', 'sleep', ['60'], { signal: AbortSignal.abort() }, 'stopped'],
  ['a call that is canceled', 'sleep', ['60'], { signal: AbortSignal.timeout(50) }, 'stopped'],
])('%s', async (_, tool, argv, limits, fault) => {
  await expect(runCommand(tool, argv, { ...LIMITS, ...limits })).rejects.toMatchObject({ fault });
});

test('a tool that will not go, and leaves a child with its output, is not waited for', async () => {
  const stubborn = runCommand('sh', ['-c', 'trap "" TERM; sleep 8 & sleep 8'], { ...LIMITS, timeoutMs: 50 });

  await expect(stubborn).rejects.toMatchObject({ fault: 'timed-out' });
}, 6_000);

test('the complaint is kept, and not all of a flood', async () => {
  const failure = runCommand('sh', ['-c', 'yes "E: broken" | head -n 1000 >&2; exit 100'], LIMITS);

  const error: unknown = await failure.catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(CommandError);
  expect(error).toMatchObject({ fault: 'failed', complaint: expect.stringMatching(/^E: broken\n/) });
  expect(error instanceof CommandError ? error.complaint.length : 0).toBeLessThanOrEqual(2_000);
});

test('what a tool had said before it failed is kept', async () => {
  const failure = runCommand('sh', ['-c', 'echo answer; exit 1'], LIMITS);

  await expect(failure).rejects.toMatchObject({ fault: 'failed', output: 'answer\n' });
});
