import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { Output } from './output.ts';
import { type Invocation, perform } from './perform.ts';
import { Progress } from './progress.ts';
import { CapturedStream, inputOf } from './testing/run.ts';

interface NameOptions {
  readonly name?: string;
}

function world() {
  const stderr = new CapturedStream(80);
  const ended: ExitCode[] = [];
  const context: Context = {
    stdin: inputOf(''),
    output: new Output(new CapturedStream(), {}),
    progress: new Progress(stderr),
    environment: {},
    loaders: {
      loadServe: () => Promise.reject(new Error('no server')),
      loadAgent: () => Promise.reject(new Error('no agent')),
    },
    note: () => {},
    tellParent: () => {},
    finish: (code) => ended.push(code),
  };
  return { context, stderr, ended };
}

async function call(context: Context, work: Parameters<typeof perform<NameOptions>>[1]): Promise<void> {
  const program = new Command().option('--json').exitOverride();
  program.command('x').argument('[files...]').option('--name <name>').action(perform<NameOptions>(context, work));
  await program.parseAsync(['x', 'a', '--name', 'n', 'b', '--json'], { from: 'user' });
}

describe('perform', () => {
  it('hands on options of the command and of all commands, and operands, and keeps the exit code', async () => {
    const { context, ended } = world();
    const calls: Invocation<NameOptions>[] = [];

    await call(context, (invocation) => {
      calls.push(invocation);
      return Promise.resolve(EXIT.findings);
    });

    expect(calls).toEqual([{ options: { name: 'n', json: true }, operands: ['a', 'b'] }]);
    expect(ended).toEqual([3]);
  });

  it('takes the progress away when the work fails, before anything is said', async () => {
    const { context, stderr, ended } = world();
    const broken = call(context, () => {
      context.progress.show('half way');
      return Promise.reject(new Error('broken'));
    });

    await expect(broken).rejects.toThrow('broken');

    expect(stderr.text.endsWith('\r\u001b[2K')).toBe(true);
    expect(ended).toEqual([]);
  });
});
