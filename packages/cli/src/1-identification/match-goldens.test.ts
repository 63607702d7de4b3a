import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../platform/testing/run.ts';
import { debianSources, HAS_REAL_DATA, realFile, realText } from './testing/real-data.ts';

// What another scanner found in two images, against ours, with the advisories that we have. docs/guides/match.md says
// why each class of difference is one.

interface Golden {
  readonly packages: readonly (readonly [name: string, version: string])[];
  readonly findings: readonly (readonly [name: string, version: string, id: string, severity: string])[];
}
interface Finding {
  readonly package: string;
  readonly vulnerability: string;
  readonly fixed: string | null;
  readonly why: { readonly winning: Stamped; readonly losing: readonly Stamped[] };
}
interface Stamped {
  readonly modified: string | null;
}
interface Answer {
  readonly findings: readonly Finding[] | null;
  readonly cleared: readonly Finding[] | null;
  readonly unjudged: readonly { readonly package: string; readonly reason: { readonly code: string } }[];
}

const SCANNED_ON = '2026-02-18';
const folder = mkdtempSync(join(tmpdir(), 'patchsteward-goldens-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Files that the images hold beside what their package managers know: these versions come from looking into files. */
const NO_PACKAGES = new Set(['python', 'Simple Launcher', 'go', 'stdlib']);

describe.skipIf(!HAS_REAL_DATA)('the goldens of another scanner', () => {
  it('differs on python:3.14-slim only in named classes', async () => {
    const golden = goldenOf('python314-slim-trixie');
    const sources = debianSources();
    const purls = golden.packages.map(([name, version]) => {
      if (NO_PACKAGES.has(name)) return `pkg:generic/${encodeURIComponent(name)}@${version}`;
      if (name === 'pip') return `pkg:pypi/pip@${version}`;
      // Trixie's names of libraries carry the mark of the transition to 64-bit times.
      const source = sources.get(name) ?? sources.get(name.replace(/t64$/, '')) ?? name;
      return `pkg:deb/debian/${name}@${encodeURIComponent(version)}?upstream=${source}&distro=debian-13`;
    });

    const answer = await matched(purls);
    const classes = classesOf(golden, answer);

    expect(classes).toEqual(EXPECTED_OF_PYTHON);
  });

  it('does not judge golang:1.26-alpine, for whose release there are no advisories', async () => {
    const golden = goldenOf('golang126-alpine');
    const purls = golden.packages
      .filter(([name]) => !name.startsWith('cmd/') && !NO_PACKAGES.has(name))
      .map(([name, version]) => `pkg:apk/alpine/${name}@${version}?distro=alpine-3.23.3`);

    const answer = await matched(purls);

    expect(answer.findings).toBeNull();
    expect(classesOf(golden, answer)).toEqual({ 'theirs: no advisories of that release': 3 });
  });
});

const EXPECTED_OF_PYTHON = {
  'ours: announced after that scan': 60,
  'theirs: matched by the name of a product': 8,
  'theirs: no claim in our data': 63,
};

function goldenOf(name: string): Golden {
  // The file's readme gives its shape.
  return JSON.parse(realText(`scanner-golden/${name}-grype-${SCANNED_ON}.json.gz`)) as Golden;
}

async function matched(purls: readonly string[]): Promise<Answer> {
  const bill = join(folder, 'bom.json');
  const components = purls.map((purl) => ({ type: 'library', name: purl, purl }));
  writeFileSync(bill, JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components }));
  const feeds = [
    'debian/dsa-dla-osv.jsonl.gz',
    'debian/tracker-shaped.json.gz',
    'alpine/secdb.json.gz',
    'pypi/pysec-osv.jsonl.gz',
  ];
  const advisories = feeds.flatMap((path) => ['--advisories', realFile(path)]);
  const { stdout } = await run(['match', '--packages', bill, ...advisories, '--all', '--json']);
  return JSON.parse(stdout) as Answer;
}

/** Counts of differences by class. A difference of no class is named itself, and fails the test. */
function classesOf(golden: Golden, answer: Answer): Record<string, number> {
  const ours = new Map(
    (answer.findings ?? []).map((finding) => [`${finding.package} ${finding.vulnerability}`, finding]),
  );
  const theirs = new Set(golden.findings.map(([name, , id]) => `${name} ${id}`));
  const cleared = new Set((answer.cleared ?? []).map((match) => `${match.package} ${match.vulnerability}`));
  const uncovered = new Set(
    answer.unjudged.filter(({ reason }) => reason.code === 'release-not-covered').map((entry) => entry.package),
  );
  const names = [
    ...[...theirs].filter((key) => !ours.has(key)).map((key) => theirClass(key)),
    ...[...ours].filter(([key]) => !theirs.has(key)).map(([key, finding]) => ourClass(key, finding)),
    ...[...theirs].filter((key) => ours.has(key)).map(() => 'both'),
  ];
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, group]) => [name, group.length]));

  function theirClass(key: string): string {
    const name = key.split(' ')[0] ?? '';
    if (NO_PACKAGES.has(name)) return 'theirs: matched by the name of a product';
    if (uncovered.has(name)) return 'theirs: no advisories of that release';
    return cleared.has(key) ? `theirs: we say otherwise: ${key}` : 'theirs: no claim in our data';
  }

  function ourClass(key: string, finding: Finding): string {
    // The tracker has no dates; the advisories that lose to it do.
    const [announced = ''] = [finding.why.winning, ...finding.why.losing]
      .flatMap(({ modified }) => modified ?? [])
      .sort();
    return announced > SCANNED_ON ? 'ours: announced after that scan' : `ours alone: ${key} ${announced}`;
  }
}
