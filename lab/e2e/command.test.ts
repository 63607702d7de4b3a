import { describe, expect, it } from 'vitest';
import { commandOf } from './command.ts';

describe('a command as a person would type it', () => {
  it.each([
    [['asset', 'set', 'web-1', '--owner', 'otto'], 'patchsteward asset set web-1 --owner otto'],
    [['person', 'add', 'ada', '--name', 'Ada Lang'], "patchsteward person add ada --name 'Ada Lang'"],
    [['record', 'verify', '--key', 'a+b/c='], 'patchsteward record verify --key a+b/c='],
    [['stakeholder', 'add', '--group', '*'], "patchsteward stakeholder add --group '*'"],
    [['halt', '--why', "it's wrong"], String.raw`patchsteward halt --why 'it'\''s wrong'`],
    [['halt', '--why', ''], "patchsteward halt --why ''"],
  ])('%j', (argv, text) => {
    expect(commandOf(argv)).toBe(text);
  });
});
