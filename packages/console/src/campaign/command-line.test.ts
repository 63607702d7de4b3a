import { execFileSync } from 'node:child_process';
import type { StatementDraftRequest } from '@patchsteward/contract';
import { describe, expect, test } from 'vitest';
import { commandFor, requestCommand, signTestCommand } from './command-line.ts';

const CAMPAIGN = '01890000-0000-7000-8000-0000000000c1';
const ASSET = '01890000-0000-7000-8000-0000000000a1';
const KEY = '--key ~/.ssh/id_ed25519.pub';

const risk = (more: object = {}): StatementDraftRequest => ({
  kind: 'risk.assessed',
  plan: null,
  body: { ...{ impact: 'low', reboot: false, restarts: [], rollback: 'prepared', exposure: '', note: '' }, ...more },
});

describe('the command line', () => {
  test.each<[StatementDraftRequest, string]>([
    [risk(), `assess-risk ${CAMPAIGN} --impact low --way-back prepared`],
    [
      risk({ reboot: true, restarts: ['nginx.service'], note: 'small, and tried' }),
      `assess-risk ${CAMPAIGN} --impact low --way-back prepared --reboot --restart nginx.service --note 'small, and tried'`,
    ],
    [{ kind: 'resume', plan: null, body: { why: 'mended' } }, `resume ${CAMPAIGN} --why mended`],
    [{ kind: 'test.accepted', plan: null, body: { why: 'fine' } }, `accept-test ${CAMPAIGN} --why fine`],
    [{ kind: 'auth.released', plan: null, body: { why: 'fine' } }, `release-quarantine ${CAMPAIGN} --why fine`],
    [{ kind: 'rollback.requested', plan: null, body: { why: 'bad' } }, `request-rollback ${CAMPAIGN} --why bad`],
    [
      { kind: 'waiver', plan: null, body: { assetId: ASSET, expiresAt: '2026-03-21T00:00:00.000Z', why: 'empty' } },
      `waive-backup ${CAMPAIGN} --asset ${ASSET} --until 2026-03-21T00:00:00.000Z --why empty`,
    ],
    [
      { kind: 'host.declared', plan: null, body: { assetId: ASSET, as: 'up-verified', why: 'seen' } },
      `declare-host ${CAMPAIGN} --asset ${ASSET} --as up-verified --why seen`,
    ],
    [
      { kind: 'audit.signed', plan: null, body: { dispositions: [{ assetId: ASSET, text: 'replaced' }] } },
      `audit ${CAMPAIGN} --disposition ${ASSET}=replaced`,
    ],
    [{ kind: 'audit.signed', plan: null, body: { dispositions: [] } }, `audit ${CAMPAIGN}`],
    [
      { kind: 'risk.accepted', plan: null, body: { expiresAt: '2026-03-21T00:00:00.000Z', why: 'soon gone' } },
      `accept-risk ${CAMPAIGN} --until 2026-03-21T00:00:00.000Z --why 'soon gone'`,
    ],
    [
      { kind: 'lane.set', plan: null, body: { lane: 'emergency', due: '2026-03-21T00:00:00.000Z', why: 'worm' } },
      `set-lane ${CAMPAIGN} --lane emergency --due 2026-03-21T00:00:00.000Z --why worm`,
    ],
    [
      { kind: 'test.deferred', plan: null, body: { due: '2026-03-21T00:00:00.000Z', why: 'worm' } },
      `defer-test ${CAMPAIGN} --until 2026-03-21T00:00:00.000Z --why worm`,
    ],
    [
      {
        kind: 'exception.signed',
        plan: null,
        body: { assetId: ASSET, expiresAt: '2026-03-21T00:00:00.000Z', why: 'old' },
      },
      `sign-exception ${CAMPAIGN} --asset ${ASSET} --until 2026-03-21T00:00:00.000Z --why old`,
    ],
    [{ kind: 'approval.refused', plan: 'p', body: { why: 'no' } }, `refuse ${CAMPAIGN} --why no`],
    [{ kind: 'approval.revoked', plan: 'p', body: { why: 'no' } }, `revoke ${CAMPAIGN} --why no`],
    [{ kind: 'window.agreed', plan: 'p', body: { assets: [ASSET] } }, `agree-window ${CAMPAIGN} --asset ${ASSET}`],
  ])('of %j', (draft, command) => {
    expect(commandFor(CAMPAIGN, draft)).toBe(`patchsteward ${command} ${KEY}`);
  });

  test('is none where there is no command for it', () => {
    expect(commandFor(CAMPAIGN, { kind: 'halt', plan: null, body: { why: 'x' } })).toBeNull();
  });

  test('names the plan that is shown', () => {
    expect(signTestCommand(CAMPAIGN, 'sha256:ab')).toBe(`patchsteward sign-test ${CAMPAIGN} --plan sha256:ab ${KEY}`);
    expect(requestCommand(CAMPAIGN, 'sha256:ab', 'now')).toBe(
      `patchsteward campaign request ${CAMPAIGN} --plan sha256:ab --why now ${KEY}`,
    );
  });

  test.each(['it\'s $(rm -rf /) `now` "really" \\ !', 'two\nlines', '-x; true', 'Größe · 測試'])(
    'passes %j through a shell unchanged',
    (why) => {
      const command = commandFor(CAMPAIGN, { kind: 'resume', plan: null, body: { why } }) ?? '';
      const echoed = command.replace(/^patchsteward resume \S+ --why /, "printf '%s' ").replace(` ${KEY}`, '');
      expect(execFileSync('/bin/sh', ['-c', echoed], { encoding: 'utf8' })).toBe(why);
    },
  );
});
