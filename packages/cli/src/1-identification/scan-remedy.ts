import { type Finding, isKept, orderOfSet } from '@patchsteward/core/1-identification';
import type { PackageEcosystem } from '@patchsteward/core/vocabulary';
import { first, SUBSCRIBE, unique } from './finding-lines.ts';

/** What a person types on a host of each family. */
interface Words {
  readonly unhold: (packages: string) => string;
  readonly refresh: string;
  readonly upgrade: (packages: string) => string;
}

const WORDS: Readonly<Record<Exclude<PackageEcosystem, 'components'>, Words>> = {
  deb: {
    unhold: (packages) => `apt-mark unhold ${packages}, or its pin in /etc/apt/preferences.d`,
    refresh: 'apt-get update',
    upgrade: (packages) => `apt-get install --only-upgrade ${packages}`,
  },
  rpm: {
    unhold: (packages) => `dnf versionlock delete ${packages}, or excludepkgs in /etc/dnf/dnf.conf`,
    refresh: 'dnf makecache',
    upgrade: (packages) => `dnf upgrade ${packages}`,
  },
  apk: {
    unhold: (packages) => `its version in /etc/apk/world: ${packages}`,
    refresh: 'apk update',
    upgrade: (packages) => `apk add --upgrade ${packages}`,
  },
};

/** What removes the findings of one source version from a host. */
export function remedyFor(ecosystem: PackageEcosystem) {
  const words = ecosystem === 'components' ? null : WORDS[ecosystem];
  const order = orderOfSet(ecosystem);
  return (group: readonly Finding[], packages: readonly string[]): string => {
    const fixes = group.map(({ fixed }) => fixed).filter((fixed) => fixed !== null);
    const highest = fixes.sort(order.compare).at(-1);
    if (highest === undefined) return 'nothing to install yet; mitigate, remove the package, or accept the risk';

    const said = (command: string | undefined): string => (command === undefined ? '' : ` (${command})`);
    const steps: string[] = [];
    const held = unique(group.filter(isKept).map((finding) => finding.package));
    if (held.length > 0) steps.push(`lift the hold${said(words?.unhold(held.join(' ')))}`);
    if (group.some((finding) => has(finding, 'fix-not-in-configured-origins'))) {
      steps.push(`refresh the package lists${said(words?.refresh)}, or add the repository that has the fix`);
    }
    if (group.some((finding) => has(finding, 'fix-needs-subscription'))) steps.push(SUBSCRIBE);
    steps.push(`install ${first(group).source} ${highest} or newer${said(words?.upgrade(packages.join(' ')))}`);
    return steps.join('; then ');
  };
}

function has({ reasons }: Finding, wanted: Finding['reasons'][number]['code']): boolean {
  return reasons.some(({ code }) => code === wanted);
}
