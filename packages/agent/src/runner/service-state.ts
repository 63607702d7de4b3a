import { type Host, hostPath } from '../host/host.ts';
import { runCommand } from '../platform/command.ts';
import { isPresent } from '../platform/files.ts';
import { propertiesOf } from './systemd-units.ts';

const LIMITS = { timeoutMs: 30_000, outputBytesMax: 4 * 1024 * 1024 };
const SHOWN = [
  'Id',
  'LoadState',
  'ActiveState',
  'NRestarts',
  'ActiveEnterTimestampMonotonic',
  'ActiveExitTimestampMonotonic',
];

/** A service as systemd sees it at one moment. */
export interface ServiceState {
  readonly unit: string;
  readonly known: boolean;
  readonly active: boolean;
  /** How often systemd has restarted it by itself. */
  readonly restarts: number;
  /** When it last became and ceased to be active, in ms of the monotonic clock; 0: never. */
  readonly activeSinceMs: number;
  readonly activeUntilMs: number;
}

/** systemd is the first process here. // sd_booted(3) */
export function hasSystemd(host: Host): Promise<boolean> {
  return isPresent(hostPath(host, '/run/systemd/system'));
}

/** One call for all of them. The answer keeps their order. */
export async function readServices(units: readonly string[]): Promise<ServiceState[]> {
  if (units.length === 0) return [];
  const argv = ['show', ...SHOWN.map((property) => `--property=${property}`), '--', ...units];
  return servicesOf(await runCommand('systemctl', argv, LIMITS), units);
}

/** Reads the answer of `systemctl show` for several units: a paragraph each. */
export function servicesOf(text: string, units: readonly string[]): ServiceState[] {
  const paragraphs = text.split('\n\n').filter((paragraph) => paragraph.trim() !== '');
  return units.map((unit, at) => {
    const fields = propertiesOf(paragraphs[at] ?? '');
    return {
      unit,
      known: fields['LoadState'] === 'loaded',
      active: fields['ActiveState'] === 'active',
      restarts: Number(fields['NRestarts'] ?? 0),
      activeSinceMs: microsAsMs(fields['ActiveEnterTimestampMonotonic']),
      activeUntilMs: microsAsMs(fields['ActiveExitTimestampMonotonic']),
    };
  });
}

function microsAsMs(field: string | undefined): number {
  return Math.round(Number(field ?? 0) / 1000);
}
