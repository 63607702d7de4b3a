import { constants } from 'node:os';
import { runCommand } from '../platform/command.ts';
import type { Exit, UnitState, Units } from './units.ts';

const LIMITS = { timeoutMs: 60_000, outputBytesMax: 1024 * 1024 };
/** // systemd.service(5): ExecMainCode is the CLD_ code of waitid(2) */
const CLD_EXITED = 1;

const SHOWN = ['LoadState', 'ActiveState', 'SubState', 'ExecMainCode', 'ExecMainStatus'] as const;

/** One transient unit for each package manager: it has its own control group, which no restart of ours touches. */
export const systemdUnits: Units = {
  async start({ name, command, environment, logPath }) {
    const properties = {
      Type: 'exec',
      // Its end stays readable until we have read it.
      RemainAfterExit: 'yes',
      // Whatever of it still works is left alone, whoever stops the unit.
      KillMode: 'process',
      SendSIGKILL: 'no',
      TimeoutStopSec: 'infinity',
      StandardInput: 'null',
      StandardOutput: `append:${logPath}`,
      StandardError: `append:${logPath}`,
      // The last to be sacrificed for memory.
      OOMScoreAdjust: '-900',
    };
    const argv = [
      '--quiet',
      `--unit=${name}`,
      '--description=Patchsteward: packages of a signed work order',
      ...Object.entries(properties).map(([property, value]) => `--property=${property}=${value}`),
      ...Object.entries({ ...environment, LC_ALL: 'C' }).map(([variable, value]) => `--setenv=${variable}=${value}`),
      '--',
      command.tool,
      ...command.argv,
    ];
    await runCommand('systemd-run', argv, LIMITS);
  },

  async inspect({ name }) {
    const argv = ['show', `${name}.service`, ...SHOWN.map((property) => `--property=${property}`)];
    return unitStateOf(await runCommand('systemctl', argv, LIMITS));
  },

  async forget(name) {
    const state = await this.inspect({ name, command: { tool: 'dpkg', argv: [] } });
    if (state.kind !== 'ended') return;
    // Nothing of it runs any more: this ends the memory of the unit, not a process.
    const failed = state.exit.kind !== 'exited' || state.exit.code !== 0;
    await runCommand('systemctl', [failed ? 'reset-failed' : 'stop', `${name}.service`], LIMITS);
  },
};

/** Reads the answer of `systemctl show`. */
export function unitStateOf(text: string): UnitState {
  const { LoadState, ActiveState, SubState, ExecMainCode, ExecMainStatus } = propertiesOf(text);
  if (LoadState === 'not-found' || ActiveState === undefined) return { kind: 'absent' };
  if (ActiveState === 'failed' || (ActiveState === 'active' && SubState === 'exited')) {
    return { kind: 'ended', exit: exitOf(Number(ExecMainCode), Number(ExecMainStatus)) };
  }
  return ActiveState === 'inactive' ? { kind: 'absent' } : { kind: 'running' };
}

export function propertiesOf(text: string): Readonly<Record<string, string>> {
  const pairs = text.split('\n').flatMap((line): [string, string][] => {
    const equals = line.indexOf('=');
    return equals === -1 ? [] : [[line.slice(0, equals), line.slice(equals + 1)]];
  });
  return Object.fromEntries(pairs);
}

function exitOf(code: number, status: number): Exit {
  if (code === CLD_EXITED) return { kind: 'exited', code: status };
  return code === 0 || status === 0 ? { kind: 'unknown' } : { kind: 'signaled', signal: status };
}

/** `9` as `SIGKILL`, for a person; the number where it has no name. */
export function signalName(signal: number): string {
  return Object.entries(constants.signals).find(([, number]) => number === signal)?.[0] ?? String(signal);
}
