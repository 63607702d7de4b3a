import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askConsent } from './consent.ts';

function terminal(answer: string, isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY });
  input.end(answer);
  const output = new PassThrough();
  return { input, output };
}

describe('before the machine is changed', () => {
  it.each(['y\n', 'Y\n', 'yes\n'])('a person who answers %j lets it', async (answer) => {
    const at = terminal(answer, true);

    await expect(askConsent('it makes mounts', at)).resolves.toBeUndefined();
    expect(String(at.output.read())).toBe('it makes mounts. Go on? [y/N] ');
  });

  it.each(['n\n', '\n', 'yesterday\n'])('a person who answers %j does not', async (answer) => {
    await expect(askConsent('it makes mounts', terminal(answer, true))).rejects.toThrow('nothing was made');
  });

  it('nobody is asked without a terminal, and --yes is named', async () => {
    await expect(askConsent('it makes mounts', terminal('y\n', false))).rejects.toMatchObject({
      exitCode: 2,
      advice: expect.stringContaining('--yes'),
    });
  });
});
