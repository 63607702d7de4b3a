import { describe, expect, it } from 'vitest';
import { FakeRefusal } from '../platform/testing/fake-server.ts';
import { at, idOf } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

const created = {
  id: idOf(5),
  token: 'ps1.secret.fingerprint',
  expiresAt: at(8),
  command: 'patchsteward agent enroll --server h:8421 --token ps1.secret.fingerprint && patchsteward agent run',
  packagedCommand: 'patchsteward-agent enroll --server h:8421 --token ps1.secret.fingerprint',
};

describe('enrollment-token create', () => {
  it('prints the line to run on the host', async () => {
    answering({ 'enrollment-token.create': () => created });

    const { code, stdout } = await ask('enrollment-token', 'create', '--note', 'web-1', '--valid', '8h');

    expect([code, stdout.split('\n')]).toEqual([
      0,
      [
        'Run this on the host until 2026-11-22 20:00 UTC (in 8 hours); it works once and is shown once:',
        '',
        '  patchsteward-agent enroll --server h:8421 --token ps1.secret.fingerprint',
        '',
        'So the host reports, and nothing changes it. To let it do what people have signed, add --root-sha256 with the hash that',
        '"patchsteward trust show root.json" shows where the root was made, and --environment and --criticality (docs/guides/agent.md).',
        'From a clone, without the package of the agent, which reports alone:',
        '',
        '  patchsteward agent enroll --server h:8421 --token ps1.secret.fingerprint && patchsteward agent run',
        '',
      ],
    ]);
    expect(calls()).toMatchObject([{ body: { note: 'web-1', validMs: 28_800_000 } }]);
  });

  it('prints what the API says', async () => {
    answering({ 'enrollment-token.create': () => created });

    expect(await askJson('enrollment-token', 'create')).toEqual({ code: 0, stderr: '', answer: created });
    expect(calls()).toMatchObject([{ body: { note: null, validMs: 3_600_000 } }]);
  });

  it.each([
    ['1m', 60_000],
    ['90m', 5_400_000],
    ['7d', 604_800_000],
    ['168h', 604_800_000],
  ])('is valid for %s', async (valid, validMs) => {
    answering({ 'enrollment-token.create': () => created });

    await ask('enrollment-token', 'create', '--valid', valid);

    expect(calls()).toMatchObject([{ body: { validMs } }]);
  });

  it.each(['0m', '8d', '169h', '1', 'h', '-1h', '1.5h', '1w', ''])('is not valid for "%s"', async (valid) => {
    const { code, stderr } = await ask('enrollment-token', 'create', '--valid', valid);

    expect([code, stderr]).toEqual([2, expect.stringContaining('from 1m to 7d')]);
    expect(calls()).toEqual([]);
  });
});

describe('enrollment-token list', () => {
  it('shows what became of each', async () => {
    const token = {
      id: idOf(5),
      note: 'web-1',
      createdAt: at(-2),
      expiresAt: at(-1),
      state: 'used',
      usedBy: idOf(1),
    } as const;
    const items = [
      token,
      { ...token, id: idOf(6), note: null, state: 'open' as const, expiresAt: at(1), usedBy: null },
    ];
    answering({ 'enrollment-token.list': () => ({ items: [...items] }) });

    const { code, stdout } = await ask('enrollment-token', 'list');

    expect([code, stdout.split('\n')]).toEqual([
      0,
      [
        'ID                                    STATE  MADE                  VALID UNTIL           ENROLLED ASSET                        NOTE',
        `${idOf(5)}  used   2026-11-22 10:00 UTC  2026-11-22 11:00 UTC  ${idOf(1)}  web-1`,
        `${idOf(6)}  open   2026-11-22 10:00 UTC  2026-11-22 13:00 UTC  -`,
        '',
      ],
    ]);
    expect(await askJson('enrollment-token', 'list')).toEqual({ code: 0, stderr: '', answer: { items } });
  });

  it('says what to do where there is none', async () => {
    answering({ 'enrollment-token.list': () => ({ items: [] }) });

    expect(await ask('enrollment-token', 'list')).toEqual({
      code: 0,
      stdout: 'No tokens yet. Make one with "patchsteward enrollment-token create".\n',
      stderr: '',
    });
  });
});

describe('enrollment-token revoke', () => {
  it('makes one useless', async () => {
    answering({ 'enrollment-token.revoke': () => ({}) });

    expect(await ask('enrollment-token', 'revoke', idOf(5))).toEqual({
      code: 0,
      stdout: `The token ${idOf(5)} enrolls no host any more.\n`,
      stderr: '',
    });
    expect(await askJson('enrollment-token', 'revoke', idOf(5))).toEqual({ code: 0, stderr: '', answer: {} });
    expect(calls()[0]?.params).toEqual({ id: idOf(5) });
  });

  it('that does not exist is told', async () => {
    answering({
      'enrollment-token.revoke': () => {
        throw new FakeRefusal('not-found', `There is no enrollment token ${idOf(5)}.`);
      },
    });

    expect(await ask('enrollment-token', 'revoke', idOf(5))).toMatchObject({
      code: 1,
      stderr: `patchsteward: There is no enrollment token ${idOf(5)}; check the address and the id\n`,
    });
  });
});
