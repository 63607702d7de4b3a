import type { HealthChecks } from '@patchsteward/core/plan';
import { CommandError, runCommand } from '../platform/command.ts';

const LIMITS = { timeoutMs: 30_000, outputBytesMax: 1024 * 1024 };
/** // setpriv(1); `nobody` and `nogroup` of every Debian */
const WITHOUT_RIGHTS = ['--reuid=65534', '--regid=65534', '--clear-groups', '--no-new-privs', '--'];
const SANDBOX = [
  'DynamicUser=yes',
  'NoNewPrivileges=yes',
  'ProtectSystem=strict',
  'ProtectHome=yes',
  'IPAddressDeny=any',
  'IPAddressAllow=localhost',
];

/** How this program is called: a runtime and its script, or itself. */
export type SelfCommand = readonly [string, ...string[]];

/** Has a process without rights look at ports and addresses, for this one has no network. Gives what is missing. */
export async function runProbe(
  profile: Pick<HealthChecks, 'ports' | 'urls'>,
  self: SelfCommand,
  systemd: boolean,
): Promise<readonly string[]> {
  if (profile.ports.length === 0 && profile.urls.length === 0) return [];
  const order = [...profile.ports.map((port) => `--port=${port}`), ...profile.urls.map((url) => `--url=${url}`)];
  const command = [...self, 'probe', ...order];
  try {
    const text = systemd
      ? await runCommand(
          'systemd-run',
          [
            '--quiet',
            '--wait',
            '--pipe',
            '--collect',
            ...SANDBOX.map((rule) => `--property=${rule}`),
            '--',
            ...command,
          ],
          LIMITS,
        )
      : await runCommand('setpriv', [...WITHOUT_RIGHTS, ...command], LIMITS);
    return text.split('\n').filter((line) => line !== '');
  } catch (error) {
    // A probe that cannot run has not seen that all is well.
    if (error instanceof CommandError) return [`probe-${error.fault}`];
    throw error;
  }
}
