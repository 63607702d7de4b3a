import { type ReplacedCode, reasonOf } from '../vocabulary/index.ts';
import { type Finding, findingOf } from './finding.ts';
import { isFinding, type Judgment, type SourceVersion } from './judgment.ts';
import { isKernelImage, isKernelSource } from './kernel-package.ts';

/** A source version that was replaced on a host and whose code still runs there. // SOP S1: what counts is what runs */
export interface Lingering {
  /** As whoever keeps source versions numbers them. */
  readonly version: number;
  readonly packages: readonly string[];
  /** Units and processes that are to be restarted; of a kernel `KERNEL_USER` alone. */
  readonly users: readonly string[];
}

/** Nothing but a reboot ends its use of the former code. */
export const KERNEL_USER = 'the kernel';

export interface LingeringFacts {
  /** At the report before. */
  readonly former: readonly Lingering[];
  readonly replaced: readonly ReplacedCode[];
  /** By package: the source version that it was built from at the report before, and is now. */
  readonly was: ReadonlyMap<string, number>;
  readonly is: ReadonlyMap<string, number>;
  /** The kernel that runs since this boot and is installed no more, or was replaced in its place; null: there is none. */
  readonly kernel: Pick<Lingering, 'version' | 'packages'> | null;
}

/**
 * What of the past still runs. Who was told of before runs on with what it ran with; who is told of for the first time ran
 * with what the report before had. Where that is not known, because no report came before the change, nothing is claimed:
 * then the host says only that something is to be restarted.
 */
export function lingeringVersions({ former, replaced, was, is, kernel }: LingeringFacts): Lingering[] {
  const found = new Map<number, { packages: Set<string>; users: Set<string> }>();
  const add = (version: number, packages: readonly string[], user: string): void => {
    const known = found.get(version) ?? { packages: new Set(), users: new Set() };
    for (const name of packages) known.packages.add(name);
    known.users.add(user);
    found.set(version, known);
  };
  for (const { package: name, users } of replaced) {
    for (const user of users) {
      const told = former.find((one) => one.packages.includes(name) && one.users.includes(user));
      const version = told?.version ?? was.get(name);
      if (version !== undefined && version !== is.get(name)) add(version, [name], user);
    }
  }
  if (kernel !== null) add(kernel.version, kernel.packages, KERNEL_USER);
  return [...found]
    .map(([version, { packages, users }]) => ({ version, packages: [...packages].sort(), users: [...users].sort() }))
    .sort((one, other) => one.version - other.version);
}

export interface LingeringSource extends Lingering {
  readonly source: SourceVersion;
  readonly architecture: string;
  readonly judgments: readonly Judgment[];
}

/**
 * What is open although its fix is installed; what the installed version has as well is told with that one. Of a kernel that
 * is one that can be started: headers of the same source say nothing of what runs.
 */
export function lingeringFindings(lingering: readonly LingeringSource[], installed: readonly Finding[]): Finding[] {
  const told = installed.filter((one) => !isKernelSource(one.source) || isKernelImage(one.package));
  const open = new Set(told.map(({ source, vulnerability }) => `${source} ${vulnerability}`));
  return lingering.flatMap(({ source, architecture, packages, users, judgments }) =>
    judgments
      .filter((one) => isFinding(one) && one.fixed !== null && !open.has(`${source.source} ${one.vulnerability}`))
      .flatMap((judgment) =>
        packages.map((name) => ({
          ...findingOf(
            { name, architecture, version: source.sourceVersion, hold: false, state: 'installed' },
            source,
            judgment,
          ),
          reasons: [reasonOf('fix-installed-not-running', users.join(', '))],
        })),
      ),
  );
}

/** Whether it is open only because what it was fixed in does not run yet. */
export function isLingering({ reasons }: { readonly reasons: readonly { readonly code: string }[] }): boolean {
  return reasons.some(({ code }) => code === 'fix-installed-not-running');
}
