import { DECISION_KINDS, PLAN_ACTS } from '@patchsteward/core/campaign';
import { describe, expect, it } from 'vitest';
import { commandOfAct, commandOfDecision } from './command-lines.ts';

const ABOUT = { campaign: '0190a0c4-0000-7000-8000-00000000cafe', plan: `sha256:${'a'.repeat(64)}` };

describe('the line that does the same on the command line', () => {
  it.each(PLAN_ACTS)('%s names the campaign, and the key that only the person knows', (act) => {
    const line = commandOfAct(act, ABOUT);
    expect(line).toMatch(
      /^patchsteward [a-z -]+ 0190a0c4-0000-7000-8000-00000000cafe .*--key ~\/\.ssh\/id_ed25519\.pub$/,
    );
  });

  it('of a vote names the plan: no other may slip in between', () => {
    expect(commandOfAct('approve', ABOUT)).toContain(`--plan ${ABOUT.plan}`);
    expect(commandOfAct('request', ABOUT)).toContain(`--plan ${ABOUT.plan}`);
  });

  it.each(DECISION_KINDS)('%s has one for whoever owns the hosts', (kind) => {
    expect(commandOfDecision(kind, { ...ABOUT, hosts: ['web-1'], owner: true })).toContain(ABOUT.campaign);
  });

  it('a backup is made, not signed', () => {
    expect(commandOfDecision('cover-backups', { ...ABOUT, hosts: ['web-1'], owner: false })).toBeNull();
  });

  it.each([
    ['web-1.example.org', 'web-1.example.org'],
    ["ada's box; reboot", `'ada'\\''s box; reboot'`],
    ['$(id)', `'$(id)'`],
  ])('a host called %s stays one word of the shell', (name, word) => {
    const line = commandOfDecision('cover-backups', { ...ABOUT, hosts: [name], owner: true });
    expect(line).toContain(`--asset ${word} --until`);
  });
});
