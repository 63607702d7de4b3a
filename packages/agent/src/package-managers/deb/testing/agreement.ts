import type { InventorySections } from '@patchsteward/core/vocabulary';
import { expect } from 'vitest';

/** What python3-apt says, see apt-oracle.py. */
export interface AptOracle {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly origins: readonly string[] }>>;
  readonly offers: Readonly<Record<string, object>>;
  readonly indexes: Readonly<Record<string, readonly (string | null)[]>>;
}

interface Named {
  readonly name: string;
  readonly architecture: string;
}

export function keyed<T extends Named>(rows: readonly T[]): Record<string, T> {
  return Object.fromEntries(rows.map((row) => [`${row.name}:${row.architecture}`, row]));
}

/** apt's short name: without the architecture where it is the native one or all. */
export function shortName(facts: InventorySections, { name, architecture }: Named): string {
  const native = architecture === 'all' || architecture === facts.system.architecture;
  return native ? name : `${name}:${architecture}`;
}

const DPKG_FIELDS = ['Package', 'Version', 'Architecture', 'source:Package', 'source:Version', 'db:Status-Abbrev'];
/** Asks for what `expectAsDpkg` compares with. */
export const DPKG_QUERY = [
  'dpkg-query',
  '--show',
  `--showformat=${DPKG_FIELDS.map((field) => `\${${field}}`).join('|')}\\n`,
] as const;

/** Packages, versions, sources, states and holds, line by line as dpkg-query tells them. */
export function expectAsDpkg(facts: InventorySections, answer: string): void {
  const present = linesOf(answer).filter((line) => !/\|.[nc] *$/.test(line));
  const ours = facts.packages.packages.map((one) => ({
    words: [one.name, one.version, one.architecture, one.source, one.sourceVersion].join('|'),
    status: new RegExp(`^${one.hold ? 'h' : '[^h]'}${one.state === 'installed' ? 'i' : '[UFHWt]'}R? *$`),
  }));

  expect(ours.map(({ words }) => words).toSorted()).toEqual(
    present.map((line) => line.slice(0, line.lastIndexOf('|'))).toSorted(),
  );
  for (const { words, status } of ours) {
    const line = present.find((one) => one.startsWith(`${words}|`)) ?? '';
    expect(line.slice(words.length + 1), words).toMatch(status);
  }
}

/** Holds, as `apt-mark showhold` tells them. */
export function expectAsAptMark(facts: InventorySections, answer: string): void {
  const held = facts.packages.packages.filter(({ hold }) => hold).map((one) => shortName(facts, one));

  expect(held.toSorted()).toEqual(linesOf(answer).toSorted());
}

const UPGRADABLE = /^([^/]+)\/\S+ (\S+) (\S+) \[upgradable from: (\S+)\]$/;

/** Offers, as `apt list --upgradable` tells them. */
export function expectAsAptList(facts: InventorySections, answer: string): void {
  const expected = linesOf(answer).flatMap((line) => {
    const words = UPGRADABLE.exec(line)?.slice(1, 5);
    return words === undefined ? [] : [words.join(' ')];
  });
  const offers = facts.updates.updates.map(({ name, to, architecture, from }) =>
    [name, to, architecture, from].join(' '),
  );

  expect(offers.toSorted()).toEqual(expected.toSorted());
  expect(facts.updates.unanswered).toBeNull();
}

/** Origins of every installed version; every candidate with origins, source, hash and size; what each index says. */
export function expectAsPythonApt(facts: InventorySections, oracle: AptOracle, except: readonly string[] = []): void {
  const installed = Object.entries(keyed(facts.packages.packages)).map(([id, { version, origins }]) => [
    id,
    { version, origins },
  ]);
  const offers = Object.entries(keyed(facts.updates.updates)).map(([id, offer]) => {
    const { to, origins, source, sourceVersion, sha256, sizeBytes } = offer;
    return [id, { to, origins, source, sourceVersion, sha256, sizeBytes }];
  });
  const indexes = facts.origins.origins.map(({ id, publisher, label, suite, codename }) => [
    id,
    [publisher, label, suite, codename],
  ]);

  expect(Object.fromEntries(installed)).toEqual(oracle.packages);
  expect(without(Object.fromEntries(offers), except)).toEqual(without(oracle.offers, except));
  expect(Object.fromEntries(indexes)).toEqual(oracle.indexes);
}

function without(record: Readonly<Record<string, object>>, ids: readonly string[]): Record<string, object> {
  return Object.fromEntries(Object.entries(record).filter(([id]) => !ids.includes(id)));
}

function linesOf(answer: string): string[] {
  return answer.split('\n').filter((line) => line !== '');
}
