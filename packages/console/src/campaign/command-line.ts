import type { StatementDraftRequest } from '@patchsteward/contract';

/** As the help of the command line has it: a key that an ssh-agent holds. */
const KEY = ['--key', '~/.ssh/id_ed25519.pub'] as const;
/** What a shell passes on as it is. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./~-]+$/;

/** The command that says the same with a key on the person's own machine; null where there is none. */
export function commandFor(campaign: string, { kind, body }: StatementDraftRequest): string | null {
  switch (kind) {
    case 'risk.assessed': {
      const { impact, rollback, reboot, restarts, exposure, note } = body;
      return line(
        ...['assess-risk', campaign, '--impact', impact, '--way-back', rollback],
        ...(reboot ? ['--reboot'] : []),
        ...restarts.flatMap((unit) => ['--restart', unit]),
        ...(exposure === '' ? [] : ['--exposure', exposure]),
        ...(note === '' ? [] : ['--note', note]),
      );
    }
    case 'resume':
      return line('resume', campaign, '--why', body.why);
    case 'test.accepted':
      return line('accept-test', campaign, '--why', body.why);
    case 'auth.released':
      return line('release-quarantine', campaign, '--why', body.why);
    case 'rollback.requested':
      return line('request-rollback', campaign, '--why', body.why);
    case 'waiver':
      return line(
        ...['waive-backup', campaign, '--asset', body.assetId],
        ...['--until', body.expiresAt, '--why', body.why],
      );
    case 'host.declared':
      return line('declare-host', campaign, '--asset', body.assetId, '--as', body.as, '--why', body.why);
    case 'audit.signed':
      return line(
        'audit',
        campaign,
        ...body.dispositions.flatMap(({ assetId, text }) => ['--disposition', `${assetId}=${text}`]),
      );
    case 'risk.accepted':
      return line('accept-risk', campaign, '--until', body.expiresAt, '--why', body.why);
    case 'approval.refused':
      return line('refuse', campaign, '--why', body.why);
    case 'approval.revoked':
      return line('revoke', campaign, '--why', body.why);
    case 'window.agreed':
      return line('agree-window', campaign, ...body.assets.flatMap((asset) => ['--asset', asset]));
    case 'lane.set':
      return line('set-lane', campaign, '--lane', body.lane, '--due', body.due, '--why', body.why);
    case 'test.deferred':
      return line('defer-test', campaign, '--until', body.due, '--why', body.why);
    case 'exception.signed':
      return line(
        ...['sign-exception', campaign, '--asset', body.assetId],
        ...['--until', body.expiresAt, '--why', body.why],
      );
    case 'halt':
      return null;
  }
}

export function signTestCommand(campaign: string, plan: string): string {
  return line('sign-test', campaign, '--plan', plan);
}

export function requestCommand(campaign: string, plan: string, why: string): string {
  return line('campaign', 'request', campaign, '--plan', plan, '--why', why);
}

function line(...words: readonly string[]): string {
  return ['patchsteward', ...words, ...KEY].map(quoted).join(' ');
}

/** For any POSIX shell: within single quotes nothing means anything. // POSIX XCU 2.2.2 */
function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
