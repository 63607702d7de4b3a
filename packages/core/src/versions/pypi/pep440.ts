import { number, type Part, type Row, withoutTrailingZeros, word } from '../row.ts';

/** `end` also stands for a part that is missing where a missing one comes first. */
export const RANKS = {
  end: 0,
  legacy: 1,
  epoch: 2,
  release: 3,
  developmentOnly: 1,
  alpha: 2,
  beta: 3,
  candidate: 4,
  noPrerelease: 5,
  post: 1,
  development: 1,
  noDevelopment: 2,
  localText: 1,
  localNumber: 2,
} as const;

// PEP 440, Appendix B.
const VERSION = new RegExp(
  [
    /^v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\.[0-9]+)*)/,
    /(?:[-_.]?(?<stage>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<stageNumber>[0-9]*))?/,
    /(?:-(?<bare>[0-9]+)|[-_.]?(?<post>post|rev|r)[-_.]?(?<postNumber>[0-9]*))?/,
    /(?:[-_.]?(?<dev>dev)[-_.]?(?<devNumber>[0-9]*))?/,
    /(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/,
  ]
    .map(({ source }) => source)
    .join(''),
);

const STAGES: Readonly<Record<string, number>> = {
  a: RANKS.alpha,
  alpha: RANKS.alpha,
  b: RANKS.beta,
  beta: RANKS.beta,
  c: RANKS.candidate,
  rc: RANKS.candidate,
  pre: RANKS.candidate,
  preview: RANKS.candidate,
};

type Groups = Readonly<Record<string, string | undefined>>;

/** The parts of a version in the order of PEP 440, or null: it is none. */
export function readPep440Version(version: string): Row | null {
  const groups: Groups | undefined = VERSION.exec(version.toLowerCase())?.groups;
  if (groups === undefined) return null;

  const releases = (groups['release'] ?? '').split('.').map((digits) => number(RANKS.release, digits));
  return [
    number(RANKS.epoch, groups['epoch'] ?? ''),
    ...withoutTrailingZeros(releases),
    word(RANKS.end),
    stagePart(groups),
    postPart(groups),
    groups['dev'] === undefined ? word(RANKS.noDevelopment) : number(RANKS.development, groups['devNumber'] ?? ''),
    ...localParts(groups['local']),
  ];
}

/** A development release of a release comes before all its prereleases. */
function stagePart({ stage, stageNumber, bare, post, dev }: Groups): Part {
  if (stage !== undefined) return number(STAGES[stage] ?? RANKS.candidate, stageNumber ?? '');
  const isOfRelease = bare === undefined && post === undefined;
  return word(isOfRelease && dev !== undefined ? RANKS.developmentOnly : RANKS.noPrerelease);
}

function postPart({ bare, post, postNumber }: Groups): Part {
  if (bare === undefined && post === undefined) return word(RANKS.end);
  return number(RANKS.post, bare ?? postNumber ?? '');
}

function localParts(local: string | undefined): Row {
  if (local === undefined) return [];
  return local
    .split(/[-_.]/)
    .map((part) => (/^[0-9]+$/.test(part) ? number(RANKS.localNumber, part) : word(RANKS.localText, part)));
}
