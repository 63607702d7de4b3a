import { CommandError, runCommand } from '../../platform/command.ts';

const QUERY_LIMITS = { timeoutMs: 60_000, outputBytesMax: 64 * 1024 * 1024 };
/** dpkg-query(1): three letters of state; the first is what is wanted, the second what is, the third an error. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
const FORMAT = '${db:Status-Abbrev}\t${Package}\t${Architecture}\t${Version}\n';

/** A package that dpkg has files of. */
export interface DpkgPackage {
  readonly name: string;
  readonly architecture: string;
  readonly version: string;
  /** Unpacked, configured and without an error; anything else is a break that dpkg must mend. */
  readonly whole: boolean;
  readonly hold: boolean;
}

/** What dpkg itself says is there. */
export async function queryInstalled(): Promise<DpkgPackage[]> {
  return parseDpkgQuery(await runCommand('dpkg-query', ['--show', `--showformat=${FORMAT}`], QUERY_LIMITS));
}

/** Removed packages that left only their configuration are not there. */
export function parseDpkgQuery(text: string): DpkgPackage[] {
  return text.split('\n').flatMap((line): DpkgPackage[] => {
    const [state = '', name, architecture, version] = line.split('\t');
    if (name === undefined || architecture === undefined || version === undefined) return [];
    if (state[1] === 'n' || state[1] === 'c') return [];
    return [
      { name, architecture, version, whole: state[1] === 'i' && state.charAt(2).trim() === '', hold: state[0] === 'h' },
    ];
  });
}

/** `dpkg --audit` finds nothing to complain of. */
export async function isAuditClean(): Promise<boolean> {
  try {
    return (await runCommand('dpkg', ['--audit'], QUERY_LIMITS)).trim() === '';
  } catch (error) {
    if (error instanceof CommandError && error.fault === 'failed') return false;
    throw error;
  }
}
