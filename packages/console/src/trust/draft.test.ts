import { describe, expect, it } from 'vitest';
import { type DraftPerson, judgeSshLine, quoted, type RootDraft, stepsOf, todosOf, warningsOf } from './draft.ts';

const ssh = (file: string, line = '') => ({ kind: 'ssh' as const, file, line });
const LINE = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEcBDBqu5Qd1Vzz9mcxEFqKf4Ba2vPGDa8BmQQAbGN1G ada@laptop';
const person = (id: number, login: string, roles: DraftPerson['roles']): DraftPerson => ({
  id,
  login,
  name: `${login} Example`,
  roles,
  key: ssh(`${login}.pub`),
});
const team: RootDraft = {
  profile: 'team',
  organization: 'Example',
  people: [person(1, 'ada', ['admin']), person(2, 'cara', ['change', 'admin']), person(3, 'otto', ['owner'])],
  second: ssh('token.pub'),
};
const solo: RootDraft = {
  ...team,
  profile: 'solo',
  people: [person(1, 'ivy', ['it', 'owner', 'change', 'security', 'admin'])],
};

it('a team whose parts are all there needs nothing more', () => {
  expect(todosOf(team)).toEqual([]);
  expect(todosOf(solo)).toEqual([]);
  expect(warningsOf(team)).toEqual([]);
});

const first = (change: Partial<DraftPerson>): RootDraft => ({
  ...team,
  people: team.people.map((each) => (each.id === 1 ? { ...each, ...change } : each)),
});

it.each<[string, RootDraft, string]>([
  ['no organization', { ...team, organization: ' ' }, 'Name the organization'],
  ['a login in capitals', first({ login: 'Ada' }), 'a login of lower-case letters'],
  ['a name with a colon', first({ name: 'Ada: L' }), 'without a colon'],
  ['no role', first({ roles: [] }), 'a role'],
  ['no file', first({ key: ssh('') }), 'Name the key'],
  ['a file with a comma', first({ key: ssh('a,b.pub') }), 'Name the key'],
  ['a line that is no key', first({ key: ssh('ada.pub', 'hello') }), 'Name the key'],
  ['one file for two', first({ key: ssh('cara.pub') }), 'a file of its own'],
  ['one login for two', first({ login: 'cara' }), 'a login of their own'],
  ['nobody who signs roots', { ...team, people: [person(1, 'ada', ['it'])] }, 'Administrator'],
  ['solo without a second key', { ...solo, second: ssh('') }, 'second key'],
])('%s is asked for', (_, draft, words) => {
  expect(todosOf(draft).join(' ')).toContain(words);
});

it('one administrator, and nobody who could approve, are worth a second thought', () => {
  expect(warningsOf({ ...team, people: [person(1, 'ada', ['admin'])] })).toHaveLength(2);
  expect(warningsOf(solo)).toEqual([]);
});

describe('the commands', () => {
  it('of a team with two administrators take two signatures', () => {
    expect(stepsOf(team, 'https://patches.example.org').flatMap(({ commands }) => commands)).toEqual([
      [
        'patchsteward trust init --team --organization Example',
        `--person 'ada:ada Example:admin:ada.pub'`,
        `--person 'cara:cara Example:change,admin:cara.pub'`,
        `--person 'otto:otto Example:owner:otto.pub'`,
        '--key ada.pub',
      ].join(' \\\n  '),
      'patchsteward trust add-signature root.json --key cara.pub',
      'patchsteward trust show root.json',
      'patchsteward trust publish root.json --server https://patches.example.org',
    ]);
  });

  it('of one person name both keys, and make those that are not there', () => {
    const draft = { ...solo, second: { kind: 'made' as const, file: 'second.key', line: '' } };
    const commands = stepsOf(draft, 'http://localhost:8420').flatMap((each) => each.commands);
    expect(commands[0]).toBe('patchsteward key new second.key');
    expect(commands[1]).toContain('ivy.pub,second.key');
    expect(commands).toHaveLength(4);
  });

  it('write a pasted key into its file', () => {
    const draft = first({ key: ssh('ada.pub', `${LINE}\n`) });
    expect(stepsOf(draft, 'x')[0]?.commands).toEqual([`printf '%s\\n' '${LINE}' > ada.pub`]);
  });
});

it.each([
  ['', 'empty'],
  [LINE, 'right'],
  [`  ${LINE}\n`, 'right'],
  ['ssh-dss AAAA', 'wrong'],
  ['hello', 'wrong'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----', 'secret'],
])('%j is %s', (text, judged) => {
  expect(judgeSshLine(text)).toBe(judged);
});

it.each([
  ['ada.pub', 'ada.pub'],
  ['Example & Sons', `'Example & Sons'`],
  [`O'Brien; rm -rf /`, `'O'\\''Brien; rm -rf /'`],
  ['$(id)', `'$(id)'`],
])('a shell takes %j literally', (text, word) => {
  expect(quoted(text)).toBe(word);
});
