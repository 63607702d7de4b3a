import type { InstalledPackage } from '@patchsteward/core/vocabulary';

/** One record of a dpkg status file, and what it says. */
export interface StatusRecord {
  readonly text: string;
  readonly installed: InstalledPackage;
}

/** The records of a status file in which every package is installed; `installed`: what a reader of it found, in any order. */
export function recordsOf(status: string, installed: readonly InstalledPackage[]): StatusRecord[] {
  const found = new Map(installed.map((one) => [`${one.name} ${one.architecture}`, one]));
  return status
    .split('\n\n')
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const one = found.get(`${fieldOf(text, 'Package')} ${fieldOf(text, 'Architecture')}`);
      if (one === undefined) throw new TypeError(`nobody found ${text.slice(0, 80)}`);
      return { text: text.trimEnd(), installed: one };
    });
}

function fieldOf(text: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
}

/** The same package in another version, in both. */
export function upgraded({ text, installed }: StatusRecord, version: string, sourceVersion: string): StatusRecord {
  const { name, source } = installed;
  const lines = text.split('\n').filter((line) => !/^(?:Version|Source): /.test(line));
  return {
    text: [
      lines[0],
      ...sourceLine(name, source, version, sourceVersion),
      `Version: ${version}`,
      ...lines.slice(1),
    ].join('\n'),
    installed: { ...installed, version, sourceVersion },
  };
}

/** It is left out where it says nothing new. // deb-control(5), Source */
function sourceLine(name: string, source: string, version: string, sourceVersion: string): string[] {
  if (version !== sourceVersion) return [`Source: ${source} (${sourceVersion})`];
  return name === source ? [] : [`Source: ${source}`];
}

export function statusText(records: readonly StatusRecord[]): string {
  return records.map(({ text }) => `${text}\n`).join('\n');
}
