import { expect, it } from 'vitest';
import { summaryText } from './summary.ts';
import { Transcript } from './transcript.ts';

async function told(): Promise<Transcript> {
  const transcript = new Transcript(() => {});
  const who = { login: 'ivy', name: 'Ivy Berg', roles: ['it'], key: 'sha256:0123' };
  await transcript.step('2-evaluation', 'a risk', async () => {
    transcript.act({ who, command: 'patchsteward assess-risk', exitCode: 0, tookMs: 1 }, 0);
    transcript.act({ who, command: 'patchsteward audit', exitCode: 0, tookMs: 1 }, 0);
    transcript.act({ who: { ...who, login: 'ana', key: null }, command: 'patchsteward', exitCode: 0, tookMs: 1 }, 0);
  });
  return transcript;
}

it('lists each step, and once each person who signs with the key', async () => {
  const text = summaryText(await told(), { held: true, tookMs: 61_000, checks: 3, failure: null, output: '/out' });

  expect(text).toMatch(/ {2}1 {2}a risk +0\.0 s {2}2-evaluation/);
  expect(text.match(/ivy/g)).toHaveLength(1);
  expect(text).toContain('key sha256:0123');
  expect(text).not.toContain('ana');
  expect(text).toContain('Every check held: 3, in 61.0 s.');
  expect(text).toContain('/out');
});

it('says what broke, and what the campaign says of it', async () => {
  const failure = { what: 'the verdict: expected pass, saw fail', explanation: 'The ring failed.' };
  const text = summaryText(await told(), { held: false, tookMs: 1_000, checks: 2, failure, output: '/out' });

  expect(text).toContain('It broke off after 1.0 s: the verdict: expected pass, saw fail');
  expect(text).toContain('  The ring failed.');
  expect(text).not.toContain('Every check held');
});
