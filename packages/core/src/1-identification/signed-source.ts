import type { InstalledPackage } from '../vocabulary/index.ts';
import type { SourceVersion } from './judgment.ts';

/**
 * Debian signs boot code in source packages of their own, which carry the version of the source they sign with its
 * hyphen turned into a plus: linux-signed-amd64 6.1.176+1 is linux 6.1.176-1. Advisories name the signed source only,
 * so without this every installed kernel image would count as unaffected. // Debian wiki SecureBoot
 */
const SIGNED_SOURCES: readonly { readonly name: RegExp; readonly source: string; readonly prefix: string }[] = [
  { name: /^linux-signed-(?:amd64|arm64|i386)$/, source: 'linux', prefix: '' },
  { name: /^linux-signed-(?<branch>\d+\.\d+)-(?:amd64|arm64|i386)$/, source: 'linux-', prefix: '' },
  { name: /^grub-efi-(?:amd64|arm64|ia32)-signed$/, source: 'grub2', prefix: '1+' },
  { name: /^shim-helpers-(?:amd64|arm64|i386)-signed$/, source: 'shim', prefix: '1+' },
  { name: /^fwupd-(?:efi-)?(?:amd64|arm64|armhf|i386)-signed$/, source: 'fwupd-efi', prefix: '' },
];

/** What is judged for an installed package: its source version, or the one that its source signs. */
export function sourceVersionOf(
  installed: Pick<InstalledPackage, 'source' | 'sourceVersion'>,
  scope: string,
): SourceVersion {
  for (const { name, source, prefix } of SIGNED_SOURCES) {
    const match = name.exec(installed.source);
    if (match === null || !installed.sourceVersion.startsWith(prefix)) continue;
    const sourceVersion = installed.sourceVersion.slice(prefix.length).replace('+', '-');
    return { scope, source: source + (match.groups?.['branch'] ?? ''), sourceVersion };
  }
  return { scope, source: installed.source, sourceVersion: installed.sourceVersion };
}
