import { describe, expect, it } from 'vitest';
import { Failure, ReaderGone } from './failure.ts';
import { Output } from './output.ts';
import { CapturedStream, FailingStream } from './testing/run.ts';

describe('Output', () => {
  it('prints one JSON document that a person can read', async () => {
    const stream = new CapturedStream();

    await new Output(stream, {}).json({ packages: 1, findings: [] });

    expect(stream.text).toBe('{\n  "packages": 1,\n  "findings": []\n}\n');
  });

  it('escapes in JSON what would steer a terminal, and changes nothing else', async () => {
    const stream = new CapturedStream();
    const value = { summary: '\u001b[31m \u009b31m \u007f é' };

    await new Output(stream, {}).jsonLines([value, value]);

    expect(stream.text).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(JSON.parse(stream.text.split('\n')[1] ?? '')).toEqual(value);
  });

  it.each([
    ['a terminal', 80, '\u001b[1mx\u001b[22m'],
    ['a file', undefined, 'x'],
  ])('styles text for %s', (_, columns, styled) => {
    expect(new Output(new CapturedStream(columns), {}).styled('bold', 'x')).toBe(styled);
  });

  it('fits tables to its terminal', async () => {
    const stream = new CapturedStream(40);
    const text = () => 'x'.repeat(60);

    await new Output(stream, {}).table([{ header: 'H', text, shrinks: true }], [{}]);

    expect(stream.text).toBe(`H\n${'x'.repeat(39)}…\n`);
  });

  it.each([
    ['EPIPE', ReaderGone],
    ['ENOSPC', Failure],
  ])('turns %s into its own kind of failure, and keeps the cause', async (code, kind) => {
    const error: unknown = await new Output(new FailingStream(code), {}).write('x').catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(kind);
    expect(error).toHaveProperty('cause.code', code);
  });
});
