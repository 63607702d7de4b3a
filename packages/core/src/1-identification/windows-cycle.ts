import { type NamedProduct, type ProductCycle, type SupportedProduct, slugOf } from './supported-product.ts';

/** `10.0.22631.3447`, `22631.3447`: the version and build of its kernel. */
const BUILD = /^(?:(\d{1,2}\.\d)\.)?(\d{4,5})(?:\.\d{1,6})*$/;
/** `23H2`, `1809`: how Microsoft calls the feature updates of Windows 10 and 11; a release of a server has a year. */
const UPDATE = /^(?:\d\dh\d|\d{4})$/;
const SERVER_YEAR = /^20(?:0[038]|[1-9]\d)$/;
/** Long-term releases name their year beside it. */
const LONG_TERM_YEAR = /^20(?:1[5-9]|2\d)$/;

/** What a name of Windows may say beside its release. A name with another word is another product's. */
const KNOWN_WORDS: ReadonlySet<string> = new Set(
  (
    'xp vista 7 8 1 10 11 r2 sp1 sp2 sp3 sac ac version os build edition evaluation x64 x86 64 32 bit n for ' +
    'home pro professional enterprise education workstations single language ultimate business iot ltsc ltsb ' +
    'standard datacenter essentials core azure'
  ).split(' '),
);

interface Build {
  readonly kernel: string | null;
  readonly number: string;
}

/**
 * Windows is told apart by generation, update, build and edition, and its versions do not begin with the names of its
 * releases. Whatever is said must hold; an edition that is not said leaves all of them. null: it is no Windows.
 */
export function windowsCycles(
  { name, cycles }: SupportedProduct,
  rest: string,
  { version, build }: Pick<NamedProduct, 'version' | 'build'>,
): readonly ProductCycle[] | null {
  if (name !== 'windows' && name !== 'windows-server') return null;
  const builds = [version, build].flatMap((text) => buildOf(text ?? ''));
  const said = buildOf(version ?? '').length > 0 ? '' : slugOf(version ?? '');
  const words = `${rest}-${said}`.split('-').filter((word) => word !== '');
  if (words.some((word) => !isKnown(word))) return [];
  const built = cycles.filter(({ latest }) => builds.every((one) => isBuild(latest, one)));
  return name === 'windows' ? ofClient(built, words, builds.length > 0) : ofServer(built, words, builds.length > 0);
}

function buildOf(text: string): Build[] {
  const trimmed = text.trim();
  const [, kernel, number] = UPDATE.test(trimmed) ? [] : (BUILD.exec(trimmed) ?? []);
  return number === undefined ? [] : [{ kernel: kernel ?? null, number }];
}

function isBuild(latest: string | null, { kernel, number }: Build): boolean {
  return buildOf(latest ?? '').some((own) => own.number === number && (kernel === null || own.kernel === kernel));
}

function isKnown(word: string): boolean {
  return KNOWN_WORDS.has(word) || UPDATE.test(word);
}

/** `2012-r2`, `2008-sp2`, and what has a year and a month (`1809-sac`). */
function ofServer(
  cycles: readonly ProductCycle[],
  words: readonly string[],
  isBuilt: boolean,
): readonly ProductCycle[] {
  const year = words.find((word) => SERVER_YEAR.test(word));
  if (year !== undefined) {
    const release = words.includes('r2') ? `${year}-r2` : year;
    const pack = words.find((word) => /^sp\d$/.test(word));
    return cycles.filter(({ name }) => {
      const beyond = name === release ? '' : name.slice(release.length + 1);
      return name.startsWith(release) && /^(?:sp\d)?$/.test(beyond) && (pack === undefined || beyond === pack);
    });
  }
  const update = words.find((word) => UPDATE.test(word));
  if (update !== undefined) return cycles.filter(({ name }) => name.startsWith(`${update}-`));
  return isBuilt ? cycles : [];
}

/** Named by generation, update and edition (`11-23h2-e`); before Windows 10 by generation and service pack. */
function ofClient(
  cycles: readonly ProductCycle[],
  words: readonly string[],
  isBuilt: boolean,
): readonly ProductCycle[] {
  const generation = words.find((word) => /^(?:xp|vista|7|8|10|11)$/.test(word));
  if (generation === undefined && !isBuilt) return [];
  if (generation !== undefined && generation !== '10' && generation !== '11') {
    return ofOldClient(cycles, generation === '8' && words.includes('1') ? '8.1' : generation);
  }
  const isLongTerm = words.includes('ltsc') || words.includes('ltsb');
  const update = words.find((word) => UPDATE.test(word) && !(isLongTerm && LONG_TERM_YEAR.test(word)));
  if (!isBuilt && update === undefined) return [];
  return cycles.filter(({ name }) => {
    const [own, ownUpdate, ...suffix] = name.split('-');
    const isNamed = (generation === undefined || own === generation) && (update === undefined || ownUpdate === update);
    return isNamed && isOfEdition(suffix, words, isLongTerm);
  });
}

function ofOldClient(cycles: readonly ProductCycle[], generation: string): readonly ProductCycle[] {
  return cycles.filter(({ name, labels }) =>
    [name, ...labels].some((own) => own.toLowerCase().split(/[- ]/)[0] === generation),
  );
}

/** Home and Pro (`w`), Enterprise and Education (`e`), and those that stay on one update for years (`lts`). */
function isOfEdition(suffix: readonly string[], words: readonly string[], isLongTerm: boolean): boolean {
  const has = (...names: readonly string[]) => names.some((name) => words.includes(name));
  if (isLongTerm) return suffix.includes('lts') && suffix.includes('iot') === has('iot');
  if (has('home', 'pro', 'professional')) return suffix.every((one) => one === 'w');
  if (has('enterprise', 'education')) return suffix.every((one) => one === 'e');
  return true;
}
