import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askPassphrase } from './passphrase.ts';

/** A terminal, and whether it showed what was typed. */
function terminal() {
  const raw: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (on: boolean) => raw.push(on),
  });
  const notes: string[] = [];
  const context = { stdin, environment: {}, note: (text: string) => notes.push(text) };
  return { raw, stdin, notes, ask: (what: string) => askPassphrase(what, {}, context) };
}

describe('a passphrase that is typed', () => {
  it('is not shown, ends with the line, and leaves the terminal for the next', async () => {
    const { ask, notes, raw, stdin } = terminal();
    stdin.write('first wor');
    const first = ask('a.key');
    setImmediate(() => stdin.write('xx\u007f\u007fds\r'));
    expect(await first).toBe('first words');

    stdin.write('second words\n');
    expect(await ask('b.key')).toBe('second words');
    expect(raw).toEqual([true, false, true, false]);
    expect(notes).toEqual(['passphrase for a.key (not shown):', 'passphrase for b.key (not shown):']);
  });

  it.each([
    ['Ctrl-C', 'abc\u0003', 'interrupted'],
    ['more than anybody types', 'a'.repeat(5_000), 'nothing was typed'],
  ])('%s ends it, and the terminal shows again what is typed', async (_, typed, what) => {
    const { ask, raw, stdin } = terminal();
    stdin.write(typed);
    await expect(ask('a.key')).rejects.toThrow(what);
    expect(raw).toEqual([true, false]);
  });

  it('the end of the input is no passphrase', async () => {
    const { ask, raw, stdin } = terminal();
    stdin.end('half');
    await expect(ask('a.key')).rejects.toThrow('nothing was typed');
    expect(raw).toEqual([true, false]);
  });
});
