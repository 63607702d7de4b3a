import { CommandError, runCommand } from '../../platform/command.ts';
import type { PackageState } from '../acting.ts';

const QUERY_LIMITS = { timeoutMs: 60_000, outputBytesMax: 64 * 1024 * 1024 };
/** dpkg-query(1): three letters of state; the first is what is wanted, the second what is, the third an error. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
const FORMAT = '${db:Status-Abbrev}\t${Package}\t${Architecture}\t${Version}\n';

/** What dpkg itself says is there. */
export async function queryInstalled(): Promise<PackageState[]> {
  return parseDpkgQuery(await runCommand('dpkg-query', ['--show', `--showformat=${FORMAT}`], QUERY_LIMITS));
}

/** Removed packages that left only their configuration are not there. */
export function parseDpkgQuery(text: string): PackageState[] {
  return text.split('\n').flatMap((line): PackageState[] => {
    const [state = '', name, architecture, version] = line.split('\t');
    if (name === undefined || architecture === undefined || version === undefined) return [];
    if (state[1] === 'n' || state[1] === 'c') return [];
    // Unpacked, configured and without an error; anything else is a break that dpkg must mend.
    const whole = state[1] === 'i' && state.charAt(2).trim() === '';
    return [{ name, architecture, version, whole, hold: state[0] === 'h', coexists: false }];
  });
}

/** What `dpkg --audit` complains of, in the names of the packages; null: nothing. */
export async function auditFault(): Promise<string | null> {
  if (await isAuditClean()) return null;
  const broken = (await queryInstalled()).filter(({ whole }) => !whole).map(({ name }) => name);
  return `dpkg --audit is not clean: ${broken.join(', ')}`;
}

async function isAuditClean(): Promise<boolean> {
  try {
    return (await runCommand('dpkg', ['--audit'], QUERY_LIMITS)).trim() === '';
  } catch (error) {
    if (error instanceof CommandError && error.fault === 'failed') return false;
    throw error;
  }
}
