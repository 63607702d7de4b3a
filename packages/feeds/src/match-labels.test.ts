import process from 'node:process';
import { gunzipSync } from 'node:zlib';
import { type ClaimIndex, indexClaims, isFinding, matchComponents } from '@patchsteward/core/1-identification';
import { describe, expect, it } from 'vitest';
import { parseAdvisories } from './advisories.ts';
import { zipEntries } from './archive/zip.ts';
import { dataFile, TEST_DATA } from './testing/data.ts';
import { componentsOf, debianReleasesOf, type Label, mavenNames } from './testing/label-component.ts';

// What people judged in the images of others, against ours: how many labels we can judge, how many true ones we find,
// and how many false ones. Only labels whose vulnerability some claim names for that package are judged.

interface Figures {
  judged: number;
  truePositives: number;
  found: number;
  falsePositives: number;
}

describe.skipIf(TEST_DATA === null)('labels of people', () => {
  it('are met on packages of distributions without a false positive, and the recall is told', () => {
    const claims = claimsOfData();
    const index = indexClaims(claims);
    const labels = linesOf('match-labels/labels.jsonl.gz').map((line) => JSON.parse(line) as Label);
    const debian = debianReleasesOf(labels);
    const sources = sourcesOfDebian();
    const maven = mavenNames(claims);

    const figures = new Map<string, Figures>();
    for (const label of labels) {
      const judged = componentsOf(label, debian, sources, maven).flatMap((component) =>
        judgmentOf(component, label, index),
      );
      const first = judged[0];
      if (first === undefined) continue;
      const known = figures.get(first.type) ?? { judged: 0, truePositives: 0, found: 0, falsePositives: 0 };
      figures.set(
        first.type,
        counted(
          known,
          label,
          judged.some(({ found }) => found),
        ),
      );
    }

    for (const [type, { judged, truePositives, found, falsePositives }] of figures) {
      const recall = `${found} of ${truePositives} true ones found`;
      process.stdout.write(`labels, ${type}: ${judged} judged, ${recall}, ${falsePositives} false positives\n`);
    }
    expect(Object.fromEntries(figures)).toEqual(EXPECTED);
  });
});

/** The two that are not found on Wolfi are one vulnerability, which its database calls fixed in a lower version. */
const EXPECTED: Readonly<Record<string, Figures>> = {
  rpm: { judged: 113, truePositives: 111, found: 111, falsePositives: 0 },
  deb: { judged: 1, truePositives: 1, found: 1, falsePositives: 0 },
  apk: { judged: 6, truePositives: 6, found: 4, falsePositives: 0 },
  // In a registry a name is all there is: most of these are copies inside packages of a distribution, or namesakes.
  maven: { judged: 141, truePositives: 111, found: 111, falsePositives: 28 },
  pypi: { judged: 28, truePositives: 4, found: 4, falsePositives: 17 },
  npm: { judged: 14, truePositives: 0, found: 0, falsePositives: 14 },
};

function counted(known: Figures, { label }: Label, found: boolean): Figures {
  return {
    judged: known.judged + 1,
    truePositives: known.truePositives + (label === 'TP' ? 1 : 0),
    found: known.found + (label === 'TP' && found ? 1 : 0),
    falsePositives: known.falsePositives + (label === 'FP' && found ? 1 : 0),
  };
}

/** Empty: no claim names the vulnerability for that package. */
function judgmentOf(component: ReturnType<typeof componentsOf>[number], { vuln, cve }: Label, index: ClaimIndex) {
  const { findings, contested, cleared } = matchComponents([component], index);
  const named = [...findings, ...contested, ...cleared].filter(
    ({ vulnerability, advisory }) => vulnerability === vuln || vulnerability === cve || advisory === vuln,
  );
  return named.length === 0 ? [] : [{ type: component.type, found: named.some(({ judgment }) => isFinding(judgment)) }];
}

function claimsOfData() {
  const files = [
    ['osv', dataFile('debian/dsa-dla-osv.jsonl.gz')],
    ['debian-tracker', dataFile('debian/tracker-shaped.json.gz')],
    ['osv', dataFile('rhel-family/almalinux-osv.jsonl.gz')],
    ['alpine-secdb', dataFile('alpine/secdb.json.gz')],
    ['alpine-secdb', wolfi()],
    ['osv', dataFile('npm/retire-osv.jsonl.gz')],
    ['osv', dataFile('pypi/pysec-osv.jsonl.gz')],
    ['osv', dataFile('maven/ghsa-osv.jsonl.gz')],
  ] as const;
  return files.flatMap(([format, bytes]) => parseAdvisories(format, bytes).claims);
}

function wolfi(): Uint8Array {
  const limits = { entriesMax: 1_000, entryBytesMax: 10_000_000, totalBytesMax: 100_000_000 };
  for (const { name, bytes } of zipEntries(dataFile('source-shapes/vunnel-source-fixtures.zip'), limits)) {
    if (name === 'wolfi/input/secdb/security.json') return bytes;
  }
  throw new Error('the samples hold no database of Wolfi');
}

function sourcesOfDebian(): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const row of linesOf('debian/archive-index/bookworm.tsv.gz')) {
    const [name, , , source] = row.split('\t');
    if (name !== undefined && source !== undefined) sources.set(name, source);
  }
  return sources;
}

function linesOf(path: string): string[] {
  return gunzipSync(dataFile(path))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}
