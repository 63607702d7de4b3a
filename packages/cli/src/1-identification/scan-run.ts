import {
  type Finding,
  type Identification,
  identify,
  kernelReasons,
  orderOfSet,
  type Update,
  updatesOf,
  withOffers,
} from '@patchsteward/core/1-identification';
import { reasonOf } from '@patchsteward/core/vocabulary';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import type { ScanOptions } from './scan.ts';
import {
  type AdvisoryReader,
  ANY_READER,
  DEBIAN_READER,
  type LoadedAdvisories,
  loadAdvisories,
} from './scan-advisories.ts';
import { answerOf } from './scan-answer.ts';
import { readHost, type ScannedHost } from './scan-host.ts';
import { reportOf } from './scan-report.ts';

/** What a scan found. */
export interface Scan {
  readonly host: ScannedHost;
  /** null where none were given. */
  readonly advisories: LoadedAdvisories | null;
  readonly identified: Identification;
  /** null where the package manager was not asked or did not answer, or nothing was judged. */
  readonly updates: readonly Update[] | null;
}

export async function scan({ options }: Invocation<ScanOptions>, context: Context): Promise<ExitCode> {
  context.progress.show('reading packages');
  const host = await readHost(options);
  const paths = options.advisories ?? [];
  const advisories = paths.length === 0 ? null : await loadAdvisories(paths, readerFor(host), context);
  const scanned = judgeHost(host, advisories);
  context.progress.clear();

  if (options.json === true) await context.output.json(answerOf(scanned));
  else
    await context.output.write(
      reportOf(scanned, options.all === true, (style, text) => context.output.styled(style, text)),
    );
  return exitCodeOf(scanned);
}

/** Debian's releases are many, and its own records are read strictly; of others every form is taken. */
function readerFor({ packageSet }: ScannedHost): AdvisoryReader {
  return packageSet.release.id === 'debian' ? DEBIAN_READER : ANY_READER;
}

/** What could not be judged is not clean: a script that asks for code 0 must not take silence for safety. */
function exitCodeOf({ identified }: Scan): ExitCode {
  if (identified.kind === 'not-judged') return EXIT.failed;
  if (identified.findings.length > 0) return EXIT.findings;
  return identified.undecided.length > 0 ? EXIT.failed : EXIT.done;
}

function judgeHost(host: ScannedHost, advisories: LoadedAdvisories | null): Scan {
  const { packageSet, offers, origins } = host;
  if (advisories === null) {
    const reason = reasonOf('no-feed', packageSet.release.prettyName);
    return { host, advisories, updates: null, identified: { kind: 'not-judged', reason } };
  }
  const identified = identify(packageSet, advisories.claims);
  if (identified.kind === 'not-judged') return { host, advisories, updates: null, identified };

  const findings = withHostReasons(identified.findings, host);
  const answered = offers !== null && offers.unanswered === null;
  const order = orderOfSet(packageSet.ecosystem);
  const updates = answered ? updatesOf(packageSet, offers, findings, origins, order) : null;
  return { host, advisories, updates, identified: { ...identified, findings } };
}

/** Adds what only the host itself knows: what is offered, what runs. */
function withHostReasons(findings: readonly Finding[], { packageSet, offers, system }: ScannedHost): Finding[] {
  const order = orderOfSet(packageSet.ecosystem);
  const offered = offers === null ? [...findings] : withOffers(findings, offers, order);
  const reasons = kernelReasons(offered, system);
  return offered.map((finding) => ({ ...finding, reasons: [...finding.reasons, ...(reasons.get(finding) ?? [])] }));
}
