import { z } from 'zod';
import { GroupName } from './groups.ts';
import {
  AdvisorySourceBody,
  Assessment,
  CountingSince,
  FixText,
  FleetIdle,
  Intelligence,
  Judged,
  LaneText,
  LosingClaimBody,
  Past,
  ReasonBody,
  ReleaseOut,
  WaitBody,
} from './parts.ts';
import { Fingerprints, ProviderAddress } from './provider.ts';
import { HashText, Id, page, TEXT_CHARACTERS_MAX, Text, Timestamp, textOf } from './units.ts';

const Criticality = z.enum(['low', 'normal', 'high', 'critical']);
const Exposure = z.enum(['public', 'internal', 'isolated', 'unknown']);
const Kind = z.enum(['server', 'workstation', 'network-appliance', 'application']);
const Environment = z.enum(['production', 'non-production', 'unknown']);

/** `ending`: soon, by the policy; `extended`: its vendor fixes it for subscribers alone; `unknown`: no source says. */
const SupportState = z.enum(['supported', 'ending', 'ended', 'extended', 'unknown']);

export const AssetSummary = z
  .object({
    id: Id,
    name: z.string(),
    kind: Kind,
    criticality: Criticality,
    exposure: Exposure,
    environment: Environment,
    owner: z.string().nullable(),
    role: z.string().nullable(),
    tags: z.array(z.string()),
    /** Its windows; null: it has none, and nothing is done to it. */
    maintenanceGroup: z.string().nullable(),
    /** No two members of one of these are down together. */
    redundancyGroups: z.array(z.string()),
    /** A host of the test ring: patched before the others, and judged. */
    ring: z.boolean(),
    /** Who speaks for it: its agent, a list that a person imported, a program. */
    origin: z.enum(['agent', 'import', 'api']),
    /** What a list says that it is; null: none says so. */
    product: z
      .object({
        vendor: z.string().nullable(),
        name: z.string().nullable(),
        version: z.string().nullable(),
        build: z.string().nullable(),
      })
      .nullable(),
    release: ReleaseOut.nullable(),
    /**
     * Of its platform by the vendor, or of the product that it is. `until`: the end of fixes for everybody; `phase`: by
     * whom they come until then, null where no source says. // SP 800-40r4 §2.3
     */
    support: z.object({
      state: SupportState,
      phase: z.enum(['regular', 'lts']).nullable(),
      until: Timestamp.nullable(),
      extendedUntil: Timestamp.nullable(),
    }),
    /** null until the first report. */
    packages: z.number().int().nullable(),
    judged: Judged,
    /** Distinct (package, vulnerability) pairs that are affected; null where not judged. */
    findings: z.number().int().nullable(),
    /** Distinct vulnerabilities among them that are known to be exploited. */
    knownExploited: z.number().int().nullable(),
    updates: z.number().int().nullable(),
    securityUpdates: z.number().int().nullable(),
    /** The most urgent of its findings. */
    nextDue: z.object({ lane: LaneText, due: Timestamp, late: z.boolean() }).nullable(),
    rebootNeeded: z.boolean().nullable(),
    firstSeen: Timestamp,
    lastSeen: Timestamp.nullable(),
    /** When a list named it last. */
    lastListed: Timestamp.nullable(),
    stale: z.boolean(),
    version: z.number().int(),
  })
  .meta({ id: 'AssetSummary' });
export type AssetSummary = z.infer<typeof AssetSummary>;

export const Asset = AssetSummary.extend({
  machineId: z.string().nullable(),
  architecture: z.string().nullable(),
  agentVersion: z.string().nullable(),
  runningKernel: z.string().nullable(),
  installedKernels: z.array(z.object({ release: z.string(), package: z.string(), version: z.string() })),
  container: z.boolean().nullable(),
  rebootReasons: z.array(z.string()),
  restartNeeded: z.array(z.string()).nullable(),
  bootedAt: Timestamp.nullable(),
  packageSet: HashText.nullable(),
  origins: z.array(
    z.object({
      id: z.string(),
      publisher: z.string().nullable(),
      suite: z.string().nullable(),
      date: Timestamp.nullable(),
      signed: z.boolean(),
    }),
  ),
  reasons: z.array(ReasonBody),
}).meta({ id: 'Asset' });
export type Asset = z.infer<typeof Asset>;

export const AssetChange = z
  .strictObject({
    /** Must equal the asset's current version, so that nobody overwrites what they have not seen. */
    version: z.number().int(),
    name: textOf(255).min(1).optional(),
    kind: Kind.optional(),
    criticality: Criticality.optional(),
    exposure: Exposure.optional(),
    environment: Environment.optional(),
    owner: textOf(255).nullable().optional(),
    role: textOf(255).nullable().optional(),
    tags: z.array(textOf(64).min(1)).max(50).optional(),
    maintenanceGroup: GroupName.nullable().optional(),
    redundancyGroups: z.array(GroupName).max(20).optional(),
    ring: z.boolean().optional(),
  })
  .meta({ id: 'AssetChange' });
export type AssetChange = z.infer<typeof AssetChange>;

export const InstalledPackageBody = z
  .object({
    name: z.string(),
    version: z.string(),
    architecture: z.string(),
    source: z.string(),
    sourceVersion: z.string(),
    state: z.enum(['installed', 'broken']),
    hold: z.boolean(),
    /** The pin of apt's preferences that keeps it, in its own words; absent: none does. */
    pin: z.string().exactOptional(),
    origins: z.array(z.string()).nullable(),
  })
  .meta({ id: 'InstalledPackage' });
export type InstalledPackageBody = z.infer<typeof InstalledPackageBody>;

const FindingStatus = z.enum(['affected', 'wont_fix', 'deferred', 'end_of_life']);

/** One vulnerability in one source version on one asset, with every binary package it arrives in. */
export const FindingBody = z
  .object({
    vulnerability: z.string(),
    source: z.string(),
    sourceVersion: z.string(),
    packages: z.array(
      z.object({
        ...{ name: z.string(), architecture: z.string(), version: z.string(), hold: z.boolean() },
        pin: z.string().exactOptional(),
      }),
    ),
    advisory: z.string(),
    advisoryUrl: z.string().nullable(),
    /** null: it came before this was kept, or a person told it. */
    advisorySource: AdvisorySourceBody.nullable(),
    feed: z.string(),
    /** What its vendor means to do about it; `end_of_life`: nobody fixes it there any more. */
    status: FindingStatus,
    fixed: z.string().nullable(),
    /** The versions that a configured origin offers with the fix; empty where none does. */
    fixOffered: z.array(z.object({ name: z.string(), to: z.string(), origins: z.array(z.string()) })),
    why: z.string(),
    losing: z.array(LosingClaimBody),
    intelligence: Intelligence,
    assessment: Assessment,
    /** What it waited and waits for, the first one first. */
    waits: z.array(WaitBody),
    /** For how long the clock stood still: what its due time is later than the lane alone would have it. */
    stoppedMs: z.number().int(),
    reasons: z.array(ReasonBody),
  })
  .meta({ id: 'Finding' });
export type FindingBody = z.infer<typeof FindingBody>;

/** An offered version beside what is installed; without a vulnerability it is an update still. // SOP S2 */
export const UpdateBody = z
  .object({
    name: z.string(),
    architecture: z.string(),
    from: z.string(),
    to: z.string(),
    source: z.string(),
    sourceVersion: z.string(),
    origins: z.array(z.string()),
    kind: z.enum(['security', 'bugfix', 'feature', 'unknown']),
    kindWhy: z.string(),
    fixes: z.array(z.string()),
    hold: z.boolean(),
    /** The pin of apt's preferences that keeps it, in its own words; absent: none does. */
    pin: z.string().exactOptional(),
    phased: z.boolean(),
    assessment: Assessment.nullable(),
    reasons: z.array(ReasonBody),
  })
  .meta({ id: 'Update' });
export type UpdateBody = z.infer<typeof UpdateBody>;

export const AssetPage = page(AssetSummary).meta({ id: 'AssetPage' });
export const PackagePage = page(InstalledPackageBody).meta({ id: 'PackagePage' });
export const AssetFindings = page(FindingBody)
  .extend({
    judged: Judged,
    /** Findings that somebody answers for: among the total, and not late before their day. */
    answered: z.number().int(),
    /** Packages that no claim may judge: a third party's, or with an impossible version. */
    unjudgedPackages: z.number().int(),
    /** Those among them of which no loaded feed speaks, by name; some dozens at most. The others were judged. */
    notCovered: z.array(z.string()),
    /** Fixed by one advisory and named again by a later one with a higher version; not counted as findings. */
    contested: z.number().int(),
    /** Packages whose vendor supports them in part, or not for long any more, or no more; a hundred at most. */
    unsupported: z.array(
      z.object({
        package: z.string(),
        version: z.string(),
        state: z.enum(['limited', 'ending', 'ended', 'extended']),
        until: Timestamp.nullable(),
        extendedUntil: Timestamp.nullable(),
        why: z.string(),
      }),
    ),
    unsupportedTotal: z.number().int(),
  })
  .meta({ id: 'AssetFindings' });
export type AssetFindings = z.infer<typeof AssetFindings>;
export const AssetUpdates = page(UpdateBody)
  .extend({
    /** Why the list may say less than there is; empty: the package manager answered. */
    reasons: z.array(ReasonBody),
  })
  .meta({ id: 'AssetUpdates' });
export type AssetUpdates = z.infer<typeof AssetUpdates>;

/** One vulnerability in one source package on one release, over the fleet. */
export const FleetFinding = z
  .object({
    vulnerability: z.string(),
    source: z.string(),
    scope: z.string(),
    advisory: z.string(),
    fixed: z.string().nullable(),
    /** null until the fleet was counted, and of a day of the past. */
    fix: FixText.nullable(),
    /** Assets that are offered it; null: not counted, or some have it in several versions and not the fix of each. */
    offeredOn: z.number().int().nullable(),
    assets: z.number().int(),
    /** Of the most urgent of its findings on any asset; null until the fleet was counted. */
    lane: LaneText.nullable(),
    due: Timestamp.nullable(),
    late: z.boolean(),
    intelligence: Intelligence,
  })
  .meta({ id: 'FleetFinding' });
export type FleetFinding = z.infer<typeof FleetFinding>;
export const FleetFindingPage = page(FleetFinding)
  .extend({
    /** Assets of which nothing can be said: no report yet, or no loaded feed covers their release. */
    assetsNotJudged: z.number().int(),
    /** Lists of components of which nobody speaks of a part; 0 of a day of the past, of which that is not kept. */
    assetsPartlyJudged: z.number().int(),
    countingSince: CountingSince,
    idle: z.array(FleetIdle),
    /** Of a day of the past; null: of now. Lanes and due times of that day are not kept. */
    past: Past.nullable(),
    /** Why the list may say less than there is: silence is not safety. */
    reasons: z.array(ReasonBody),
  })
  .meta({ id: 'FleetFindingPage' });
export type FleetFindingPage = z.infer<typeof FleetFindingPage>;

/** One offered source version on one release, over the fleet. */
export const FleetUpdate = z
  .object({
    source: z.string(),
    sourceVersion: z.string(),
    scope: z.string(),
    packages: z.array(z.string()),
    kind: z.enum(['security', 'bugfix', 'feature', 'unknown']),
    fixes: z.array(z.string()),
    assets: z.number().int(),
    lane: LaneText.nullable(),
    due: Timestamp.nullable(),
    late: z.boolean(),
  })
  .meta({ id: 'FleetUpdate' });
export type FleetUpdate = z.infer<typeof FleetUpdate>;
export const FleetUpdatePage = page(FleetUpdate)
  .extend({ countingSince: CountingSince })
  .meta({ id: 'FleetUpdatePage' });
export type FleetUpdatePage = z.infer<typeof FleetUpdatePage>;

/** `debian-osv`, `acme-errata`: of the known feeds, or as its administrator named it. */
export const FeedName = z
  .string()
  .regex(/^[a-z][a-z0-9.-]{1,62}$/, 'must be 2 to 63 lower case letters, digits, dots and hyphens, the first a letter');

/** How the bytes of a feed are read. */
export const FeedForm = z.enum([
  'osv',
  'alpine-secdb',
  'debian-tracker',
  'csaf',
  'updateinfo',
  'announcements',
  'kev',
  'epss',
  'endoflife',
  'debian-support',
  'cve',
  'nvd',
]);

export const FeedBody = z
  .object({
    feed: z.string(),
    title: z.string(),
    form: FeedForm,
    /** What it adds to what is known. */
    gives: z.enum(['claims', 'known-exploited', 'scores', 'lifecycles', 'severities', 'announcements']),
    /** Where it comes from when nothing else is said; null: from files alone. */
    url: z.string().nullable(),
    /** Added here, and no feed that everybody knows. */
    own: z.boolean(),
    /** Fetched by itself, as long as this server fetches at all. */
    enabled: z.boolean(),
    /** `off`: not enabled, and nothing was ever imported. */
    state: z.enum(['off', 'never-imported', 'fresh', 'stale', 'failed']),
    records: z.number().int(),
    quarantined: z.number().int(),
    /** What the data says of its own age. */
    dataAsOf: Timestamp.nullable(),
    importedAt: Timestamp.nullable(),
    sha256: HashText.nullable(),
    /** Attempts in a row that failed, and what the last of them met. */
    failures: z.number().int(),
    lastError: z.string().nullable(),
    /** When the server asks next by itself. */
    nextAttemptAt: Timestamp.nullable(),
  })
  .meta({ id: 'Feed' });
export type FeedBody = z.infer<typeof FeedBody>;
export const FeedList = z.object({ items: z.array(FeedBody), countingSince: CountingSince }).meta({ id: 'FeedList' });

const QuarantinedRecord = z.object({ record: z.string(), problem: z.string() });

export const FeedDetail = FeedBody.extend({
  /** The releases and registries that its claims speak of. */
  scopes: z.array(z.string()),
  /** Records that could not be used at the last import, the first ones. */
  quarantine: z.array(QuarantinedRecord),
  /** Of the keys that are pinned for a CSAF provider. */
  fingerprints: z.array(z.string()),
}).meta({ id: 'FeedDetail' });
export type FeedDetail = z.infer<typeof FeedDetail>;

export const FeedRequest = z
  .strictObject({
    feed: FeedName,
    form: FeedForm,
    url: ProviderAddress,
    title: Text.optional(),
    /** Of the keys that sign the documents of a CSAF provider: of the primary keys, in hex. */
    fingerprints: Fingerprints.optional(),
  })
  .meta({ id: 'FeedRequest' });
export type FeedRequest = z.infer<typeof FeedRequest>;

export const FeedChange = z.strictObject({ enabled: z.boolean() }).meta({ id: 'FeedChange' });

export const FeedImported = z
  .object({
    feed: z.string(),
    /** false: nothing new; these bytes, or all that they say, were imported before. */
    changed: z.boolean(),
    records: z.number().int(),
    added: z.number().int(),
    updated: z.number().int(),
    removed: z.number().int(),
    quarantined: z.array(QuarantinedRecord),
    quarantinedTotal: z.number().int(),
    /** true: it says of nothing whether it is affected, and some of it was set aside: nothing is judged by it. */
    judgesNothing: z.boolean(),
    durationMs: z.number().int(),
    /** Source versions that are judged again because of it. */
    rejudged: z.number().int(),
    /**
     * null: the lists over the fleet show what it brought. Otherwise somebody else judges some of it still, and the lists
     * follow by themselves; `feed.list` tells when they have.
     */
    countingSince: Timestamp.nullable(),
    /** Scores of another model than before: they order work by the steps of the new one, and move no lane. */
    rebased: z.object({ from: z.string(), to: z.string() }).optional(),
  })
  .meta({ id: 'FeedImported' });
export type FeedImported = z.infer<typeof FeedImported>;

/** As many ids as an address holds without being cut by a proxy. */
const EXPORTED_IDS_MAX = 100;

export const FeedExportQuery = z.object({
  /** One feed; without it all of them. */
  feed: FeedName.optional(),
  /** Ids of vulnerabilities, with commas between them. */
  vulnerability: z
    .string()
    .max(TEXT_CHARACTERS_MAX * 4)
    .transform((text) => text.split(','))
    .pipe(z.array(Text.min(1)).max(EXPORTED_IDS_MAX))
    .optional(),
  /** What was known then; a day is taken as its end, UTC. */
  at: z.union([Timestamp, z.iso.date()]).optional(),
});
export type FeedExportQuery = z.output<typeof FeedExportQuery>;

export const EnrollmentTokenRequest = z
  .strictObject({
    /** 1 minute to 7 days; the default is an hour. */
    validMs: z
      .number()
      .int()
      .min(60_000)
      .max(7 * 86_400_000)
      .default(3_600_000),
    note: textOf(255).nullable().default(null),
  })
  .meta({ id: 'EnrollmentTokenRequest' });

export const EnrollmentTokenCreated = z
  .object({
    id: Id,
    /** Shown once: `ps1.<secret>.<fingerprint of the CA>`. */
    token: z.string(),
    expiresAt: Timestamp,
    /** The line to run on the host, where it has a clone of this repository. */
    command: z.string(),
    /** The same with the agent's package, which starts by itself once the host is enrolled. */
    packagedCommand: z.string(),
  })
  .meta({ id: 'EnrollmentTokenCreated' });
export type EnrollmentTokenCreated = z.infer<typeof EnrollmentTokenCreated>;

export const EnrollmentTokenList = z
  .object({
    items: z.array(
      z.object({
        id: Id,
        note: Text.nullable(),
        createdAt: Timestamp,
        expiresAt: Timestamp,
        state: z.enum(['open', 'used', 'expired', 'revoked']),
        usedBy: Id.nullable(),
      }),
    ),
  })
  .meta({ id: 'EnrollmentTokenList' });
