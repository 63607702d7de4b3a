import { DAY_MS } from '@patchsteward/core/vocabulary';
import { familyOf } from './family.ts';
import { type FeedForm, FORMS } from './feed-form.ts';

/** What is known of a feed before anything is fetched. // SOP P1.1, checklist c7 */
export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly form: FeedForm;
  /** Its publisher's own address; null where it is published in parts, of which everybody chooses some. */
  readonly url: string | null;
  /** After this time without an import its answers are called stale. */
  readonly staleAfterMs: number;
  /** Fetched from the first start on; the others once somebody switches them on. */
  readonly byDefault: boolean;
  /** What the scopes of its claims begin with; null: anything. What speaks of something else is another feed. */
  readonly families: readonly string[] | null;
}

/** All publish at least once a day; one missed day is a hiccup, two are an outage. */
export const STALE_AFTER_MS = 2 * DAY_MS;

/** Where the exports of all ecosystems lie. // OSV data dumps */
function osvExport(ecosystem: string): string {
  return `https://osv-vulnerabilities.storage.googleapis.com/${encodeURIComponent(ecosystem)}/all.zip`;
}

function distribution(id: string, title: string, ecosystem: string, families: readonly string[]): Feed {
  const facts = { form: 'osv', staleAfterMs: STALE_AFTER_MS, byDefault: false } as const;
  return { id, title, url: osvExport(ecosystem), families, ...facts };
}

/** The main line, and those that go on with a minor release. */
const RED_HAT_LINES = ['rhel', 'rhel-eus', 'rhel-aus', 'rhel-tus', 'rhel-e4s', 'rhel-els'];

function registry(id: string, ecosystem: string, family: string): Feed {
  return distribution(id, `${ecosystem} packages: advisories in OSV form`, ecosystem, [family]);
}

const DEBIAN: Feed = {
  ...distribution('debian-osv', 'Debian security advisories and tracker, in OSV form', 'Debian', ['debian']),
  byDefault: true,
};

const KEV: Feed = {
  id: 'kev',
  title: 'CISA catalog of known exploited vulnerabilities',
  form: 'kev',
  url: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  staleAfterMs: STALE_AFTER_MS,
  byDefault: true,
  families: null,
};

const EPSS: Feed = {
  id: 'epss',
  title: 'EPSS: how likely a vulnerability is exploited within 30 days',
  form: 'epss',
  url: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
  staleAfterMs: STALE_AFTER_MS,
  byDefault: true,
  families: null,
};

/** Some hundred megabytes: for a house that wants all of it. What NVD changed lately says most of it already. */
const CVE_LIST: Feed = {
  id: 'cve-list',
  title: 'CVE list: severities by numbering authorities, and by CISA',
  form: 'cve',
  url: 'https://github.com/CVEProject/cvelistV5/archive/refs/heads/main.zip',
  staleAfterMs: STALE_AFTER_MS,
  byDefault: false,
  families: null,
};

const VULNRICHMENT: Feed = {
  id: 'vulnrichment',
  title: 'CISA Vulnrichment: exploitation, automatable, technical impact',
  form: 'cve',
  url: 'https://github.com/cisagov/vulnrichment/archive/refs/heads/develop.zip',
  staleAfterMs: STALE_AFTER_MS,
  byDefault: false,
  families: null,
};

/** What changed in the last eight days; the years are files of the same form, imported once. */
const NVD: Feed = {
  id: 'nvd',
  title: 'National Vulnerability Database: severities',
  form: 'nvd',
  url: 'https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-modified.json.gz',
  staleAfterMs: STALE_AFTER_MS,
  byDefault: false,
  families: null,
};

const DEBIAN_TRACKER: Feed = {
  id: 'debian-tracker',
  title: "Debian's security tracker: a status for each vulnerability",
  form: 'debian-tracker',
  url: 'https://security-tracker.debian.org/tracker/data/json',
  staleAfterMs: STALE_AFTER_MS,
  byDefault: false,
  families: ['debian'],
};

const ALPINE_SECDB: Feed = {
  id: 'alpine-secdb',
  title: "Alpine's security databases, as files of branches",
  form: 'alpine-secdb',
  url: null,
  staleAfterMs: STALE_AFTER_MS,
  byDefault: false,
  families: ['alpine'],
};

const WOLFI_SECDB: Feed = {
  id: 'wolfi-secdb',
  title: "Wolfi's security database",
  form: 'alpine-secdb',
  url: 'https://packages.wolfi.dev/os/security.json',
  staleAfterMs: STALE_AFTER_MS,
  byDefault: false,
  families: ['wolfi'],
};

/** Ends of support change a few times a year. */
const LIFECYCLE_STALE_AFTER_MS = 30 * DAY_MS;

const END_OF_LIFE: Feed = {
  id: 'endoflife',
  title: 'endoflife.date: until when platforms and products are supported',
  form: 'endoflife',
  url: 'https://endoflife.date/api/v1/products/full',
  staleAfterMs: LIFECYCLE_STALE_AFTER_MS,
  byDefault: false,
  families: null,
};

/** Of Debian and Ubuntu, with long-term and extended support apart. // distro-info-data */
function distroInfo(family: string, title: string): Feed {
  const url = `https://debian.pages.debian.net/distro-info-data/${family}.csv`;
  return { ...END_OF_LIFE, id: `${family}-lifecycle`, title, url, families: [family] };
}

/** Releases for which the lists are kept, and whose packages have support at all. // debian-security-support */
const LISTED_RELEASES = ['11', '12', '13'] as const;

/** Come in a package of each release, and are imported from there. */
function supportLists(release: string): readonly Feed[] {
  const facts = { ...END_OF_LIFE, form: 'debian-support', url: null, families: ['debian'] } as const;
  return (['ended', 'limited'] as const).map((what) => ({
    ...facts,
    id: `debian-${release}-support-${what}`,
    title: `Debian ${release}: packages whose support is ${what} (debian-security-support)`,
  }));
}

/** What a list of debian-security-support speaks of; null: the feed is none of them. */
export function supportListOf(feed: string): { readonly scope: string; readonly what: 'ended' | 'limited' } | null {
  const [, release, what] = /^debian-(\d+)-support-(ended|limited)$/.exec(feed) ?? [];
  return release === undefined ? null : { scope: `debian:${release}`, what: what === 'ended' ? 'ended' : 'limited' };
}

/**
 * The feeds that are known without anybody adding them, in the order in which they are shown. Of several for one
 * release the first is the one to begin with.
 */
export const FEEDS: readonly Feed[] = [
  DEBIAN,
  KEV,
  EPSS,
  NVD,
  CVE_LIST,
  VULNRICHMENT,
  DEBIAN_TRACKER,
  distribution('ubuntu-osv', 'Ubuntu security notices and statuses, in OSV form', 'Ubuntu', ['ubuntu', 'ubuntu-pro']),
  distribution('almalinux-osv', 'AlmaLinux errata, in OSV form', 'AlmaLinux', ['almalinux']),
  distribution('rocky-osv', 'Rocky Linux errata, in OSV form', 'Rocky Linux', ['rocky']),
  distribution('rhel-osv', 'Red Hat errata of all lines, in OSV form', 'Red Hat', RED_HAT_LINES),
  distribution('suse-osv', 'SUSE Linux Enterprise updates, in OSV form', 'SUSE', ['sles']),
  distribution('opensuse-osv', 'openSUSE updates, in OSV form', 'openSUSE', ['opensuse-leap', 'opensuse-tumbleweed']),
  distribution('mageia-osv', 'Mageia advisories, in OSV form', 'Mageia', ['mageia']),
  distribution('alpine-osv', "Alpine's fixes of all branches, in OSV form", 'Alpine', ['alpine']),
  ALPINE_SECDB,
  WOLFI_SECDB,
  END_OF_LIFE,
  distroInfo('debian', "Debian's releases: regular, LTS and ELTS (distro-info)"),
  distroInfo('ubuntu', "Ubuntu's releases: regular, ESM and legacy support (distro-info)"),
  ...LISTED_RELEASES.flatMap(supportLists),
  registry('npm-osv', 'npm', 'npm'),
  registry('pypi-osv', 'PyPI', 'pypi'),
  registry('maven-osv', 'Maven', 'maven'),
  registry('go-osv', 'Go', 'golang'),
  registry('crates-osv', 'crates.io', 'cargo'),
  registry('rubygems-osv', 'RubyGems', 'gem'),
  registry('nuget-osv', 'NuGet', 'nuget'),
  registry('packagist-osv', 'Packagist', 'composer'),
  registry('hex-osv', 'Hex', 'hex'),
  registry('pub-osv', 'Pub', 'pub'),
];

export function knownFeed(id: string): Feed | undefined {
  return FEEDS.find((feed) => feed.id === id);
}

/** The known feed that speaks of a release or a registry; null: none of ours does. */
export function feedFor(scope: string): Feed | null {
  const family = familyOf(scope);
  const ofClaims = FEEDS.filter(({ form }) => FORMS[form].gives === 'claims');
  return ofClaims.find(({ families }) => families?.includes(family) === true) ?? null;
}
