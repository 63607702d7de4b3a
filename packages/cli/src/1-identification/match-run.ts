import { claimScopeOf, type Matching, matchComponents } from '@patchsteward/core/1-identification';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import type { MatchOptions } from './match.ts';
import { answerOf } from './match-answer.ts';
import { type ListedPackages, readPackages } from './match-packages.ts';
import { reportOf } from './match-report.ts';
import { ANY_READER, type LoadedAdvisories, loadAdvisories } from './scan-advisories.ts';

/** What a match found. */
export interface Matched {
  readonly packages: ListedPackages;
  readonly advisories: LoadedAdvisories;
  readonly matching: Matching;
  /** Whether it was asked for what is no finding as well. */
  readonly all: boolean;
}

export async function match({ options }: Invocation<MatchOptions>, context: Context): Promise<ExitCode> {
  const release = releaseOf(options.distro);
  context.progress.show('reading packages');
  const packages = await readPackages(options.packages, release);
  const advisories = await loadAdvisories(options.advisories, ANY_READER, context);
  context.progress.show('judging');
  const matching = matchComponents(packages.components, advisories.claims);
  const matched: Matched = { packages, advisories, matching, all: options.all === true };
  context.progress.clear();

  if (options.json === true) await context.output.json(answerOf(matched));
  else await context.output.write(reportOf(matched, (style, text) => context.output.styled(style, text)));
  return exitCodeOf(matched);
}

function releaseOf(distro: string | undefined): string | null {
  if (distro === undefined) return null;
  const release = claimScopeOf(distro);
  if (release !== null) return release;
  throw new Failure(
    `"${distro}" names no release of a distribution that advisories speak of`,
    'write it like debian:12, ubuntu:22.04, almalinux:9, rocky:8, alpine:3.19 or wolfi',
    { exitCode: EXIT.usage },
  );
}

/** What could not be judged for want of advisories, or is being looked at by its vendor, is not clean: a script must not take silence for safety. */
function exitCodeOf({ packages, matching }: Matched): ExitCode {
  if (matching.findings.length > 0) return EXIT.findings;
  const unsaid = matching.unjudged.some(({ reason }) => reason.code !== 'owned-by-system-package');
  const open = unsaid || matching.undecided.length > 0 || packages.refused.length > 0;
  return matching.judged === 0 || open ? EXIT.failed : EXIT.done;
}
