import { describe, expect, it } from 'vitest';
import { CheckFailed, secondsOf, shown, Transcript } from './transcript.ts';

const IVY = { login: 'ivy', name: 'Ivy Berg', roles: ['it'], key: 'sha256:0123456789abcdef0123' };

function telling() {
  const said: string[] = [];
  return { said, transcript: new Transcript((line) => said.push(line)) };
}

describe('a transcript', () => {
  it('tells who did what with which key, what was seen, and which checks held', async () => {
    const { said, transcript } = telling();

    const value = await transcript.step('4-backup', 'a proof', async () => {
      transcript.act({ who: IVY, command: 'patchsteward backup list', exitCode: 3, tookMs: 12 }, 0);
      transcript.see('nothing yet');
      transcript.equal('one is one', { one: 1 }, { one: 1 });
      return 7;
    });

    expect(value).toBe(7);
    expect(said[1]).toBe('00:00:00  ivy (it; key 0123456789ab)  patchsteward backup list   (exit 3)');
    expect(said.slice(2, 4)).toEqual(['          nothing yet', '          ok      one is one']);
    expect(transcript.steps).toMatchObject([
      { number: 1, room: '4-backup', title: 'a proof', lines: [{ kind: 'act' }, { kind: 'seen' }, { kind: 'check' }] },
    ]);
    expect(transcript.checks).toEqual([
      { kind: 'check', what: 'one is one', held: true, expected: { one: 1 }, seen: { one: 1 } },
    ]);
  });

  it.each<[string, (transcript: Transcript) => void, string]>([
    ['not equal', (transcript) => transcript.equal('the version', '1.0', '1.1'), 'the version: expected 1.1, saw 1.0'],
    [
      'not so',
      (transcript) => transcript.holds('it runs', false, { state: 'dead' }),
      'it runs: expected true, saw {"state":"dead"}',
    ],
  ])('ends the story where something is %s, and still tells it', async (_, check, message) => {
    const { said, transcript } = telling();

    const story = transcript.step('6-deployment', 'a wave', async () => check(transcript));

    await expect(story).rejects.toThrow(CheckFailed);
    await expect(story).rejects.toThrow(message);
    expect(transcript.checks).toMatchObject([{ held: false }]);
    expect(said.join('\n')).toContain('FAILED');
    expect(transcript.steps[0]?.tookMs).toBeGreaterThanOrEqual(0);
  });

  it('has no line outside of a step', () => {
    expect(() => telling().transcript.see('something')).toThrow('belongs to a step');
  });
});

describe('what is shown', () => {
  it.each<[unknown, string]>([
    ['a text', 'a text'],
    [{ a: [1] }, '{"a":[1]}'],
    ['x'.repeat(700), `${'x'.repeat(600)} ...`],
  ])('%#', (value, text) => {
    expect(shown(value)).toBe(text);
  });

  it('is seconds with one decimal', () => {
    expect(secondsOf(1_249)).toBe('1.2 s');
  });
});
