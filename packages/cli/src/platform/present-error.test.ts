import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { EXIT } from './exit-code.ts';
import { Failure, ReaderGone } from './failure.ts';
import { presentError } from './present-error.ts';
import { CapturedStream } from './testing/run.ts';

describe('presentError', () => {
  it.each([
    ['a failure', new Failure('it broke', 'mend it'), 1, 'patchsteward: it broke; mend it\n'],
    [
      'wrong usage',
      new Failure('both given', 'give one', { exitCode: EXIT.usage }),
      2,
      'patchsteward: both given; give one\n',
    ],
    ['text that steers', new Failure('\u001b[2Jx\ny', 'z'), 1, 'patchsteward: \ufffd[2Jx y; z\n'],
    ['a reader that has gone', new ReaderGone(null), 1, ''],
    ['a help that was asked for', new CommanderError(0, 'commander.help', ''), 0, ''],
    ['what commander has printed', new CommanderError(1, 'commander.unknownOption', ''), 2, ''],
  ])('of %s', (_, error, code, text) => {
    const stderr = new CapturedStream();

    expect(presentError(error, stderr)).toBe(code);
    expect(stderr.text).toBe(text);
  });

  it('asks for a report of a bug, with its stack', () => {
    const stderr = new CapturedStream();

    expect(presentError(new TypeError('x is not a function'), stderr)).toBe(1);
    expect(stderr.text).toMatch(/^patchsteward: this is a bug .* report it .*\nTypeError: x is not a function\n +at /);
  });
});
