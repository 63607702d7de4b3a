import { z } from 'zod';
import {
  ApiTokenCreated,
  ApiTokenList,
  ApiTokenRequest,
  Empty,
  FirstRunRequest,
  Health,
  Session,
  SignInRequest,
} from './access.ts';
import {
  CaAnswer,
  CheckInAnswer,
  CheckInRequest,
  EnrollAnswer,
  EnrollRequest,
  RenewAnswer,
  RenewRequest,
  SECTION_BYTES_MAX,
  SectionNameText,
  SectionStored,
} from './agent.ts';
import { AssetListQuery } from './asset-filter.ts';
import { ENDPOINTS, type EndpointId } from './endpoints.ts';
import { EXPOSURE_CHARACTERS_MAX, ExposureAnswer, ExposureQuery } from './exposure.ts';
import { CALENDAR_BODY_BYTES_MAX, FreezeCalendarList, FreezeImport, FreezeImported, FreezeUndone } from './freezes.ts';
import { GroupName, MaintenanceGroup, MaintenanceGroupChange, MaintenanceGroupPage } from './groups.ts';
import {
  Asset,
  AssetChange,
  AssetFindings,
  AssetPage,
  AssetUpdates,
  EnrollmentTokenCreated,
  EnrollmentTokenList,
  EnrollmentTokenRequest,
  FeedChange,
  FeedDetail,
  FeedImported,
  FeedList,
  FeedName,
  FeedRequest,
  FleetFindingPage,
  FleetUpdatePage,
  PackagePage,
} from './identification.ts';
import { PastMoment } from './parts.ts';
import { PolicyAnswer } from './policy.ts';
import { FeedKeys, ProviderLook, ProviderLookRequest } from './provider.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';
import { AGENT_JOB_ROUTES } from './routes-agent-jobs.ts';
import { ANNOUNCEMENT_ROUTES } from './routes-announcement.ts';
import { APPROVAL_ROUTES } from './routes-approval.ts';
import { ASSETS_ROUTES } from './routes-assets.ts';
import { CAMPAIGN_ROUTES } from './routes-campaign.ts';
import { DECISION_ROUTES } from './routes-decision.ts';
import { DOCUMENTATION_ROUTES } from './routes-documentation.ts';
import { EXCEPTION_ROUTES } from './routes-exception.ts';
import { FLEET_ROUTES } from './routes-fleet.ts';
import { MAINTENANCE_ROUTES } from './routes-maintenance.ts';
import { OVERVIEW_ROUTES } from './routes-overview.ts';
import { PASSKEY_ROUTES } from './routes-passkey.ts';
import { PEOPLE_ROUTES } from './routes-people.ts';
import { TELLING_ROUTES } from './routes-telling.ts';
import { TESTING_ROUTES } from './routes-testing.ts';
import { HashText, Id, PageQuery, Text } from './units.ts';

/** Id, method and path of a route, as its literal types. */
function at<Id extends EndpointId>(id: Id): { readonly id: Id } & (typeof ENDPOINTS)[Id] {
  return { id, ...ENDPOINTS[id] };
}

const Nothing = z.object({});
const ById = z.object({ id: Id });
const ByFeed = z.object({ feed: FeedName });
const Search = PageQuery.extend({ search: Text.optional() });

/** The largest feed file today unpacks to about 100 MiB; five times that. Counted before unpacking and after. */
export const FEED_BYTES_MAX = 512 * 1024 * 1024;

const DEFAULTS = {
  params: Nothing,
  query: Nothing,
  body: 'none',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;

/** Every way in. // OpenAPI 3.1 is generated from here */
export const ROUTES = {
  'health.live': {
    ...DEFAULTS,
    ...at('health.live'),
    summary: 'The process answers.',
    access: 'anybody',
    answer: Health,
  },
  'health.ready': {
    ...DEFAULTS,
    ...at('health.ready'),
    summary: 'The database answers and its schema is the current one.',
    access: 'anybody',
    answer: Health,
    errors: ['database-gone', 'shutting-down'],
  },
  'session.show': {
    ...DEFAULTS,
    ...at('session.show'),
    summary: 'Who is signed in.',
    access: 'anybody',
    answer: Session,
  },
  'session.first-run': {
    ...DEFAULTS,
    ...at('session.first-run'),
    summary: 'Make the first account with the link that the server printed, and sign in.',
    access: 'anybody',
    body: FirstRunRequest,
    answer: Session,
    errors: ['first-run-done', 'first-run-link-wrong', 'password-too-weak', 'too-many-attempts'],
  },
  'session.sign-in': {
    ...DEFAULTS,
    ...at('session.sign-in'),
    summary: 'Sign in with login and password.',
    access: 'anybody',
    body: SignInRequest,
    answer: Session,
    errors: ['wrong-credentials', 'too-many-attempts'],
  },
  'session.sign-out': {
    ...DEFAULTS,
    ...at('session.sign-out'),
    summary: 'Sign out.',
    access: 'anybody',
    answer: Empty,
  },
  'api-token.list': {
    ...DEFAULTS,
    ...at('api-token.list'),
    summary: 'The API tokens of the person who asks.',
    access: 'person',
    answer: ApiTokenList,
  },
  'api-token.create': {
    ...DEFAULTS,
    ...at('api-token.create'),
    summary: 'Make a token with which a program acts as the person who asks.',
    access: 'person',
    body: ApiTokenRequest,
    answer: ApiTokenCreated,
    secret: true,
  },
  'api-token.revoke': {
    ...DEFAULTS,
    ...at('api-token.revoke'),
    summary: "Make an API token of one's own useless.",
    access: 'person',
    params: ById,
    answer: Empty,
  },
  'asset.list': {
    ...DEFAULTS,
    ...at('asset.list'),
    summary: 'Assets; `search` looks in name, owner, role, tags, groups and release, the other words narrow it.',
    access: 'person',
    query: AssetListQuery,
    answer: AssetPage,
  },
  'asset.show': {
    ...DEFAULTS,
    ...at('asset.show'),
    summary: 'One asset.',
    access: 'person',
    params: ById,
    answer: Asset,
  },
  'asset.change': {
    ...DEFAULTS,
    ...at('asset.change'),
    summary: 'Change what people say of an asset: criticality, exposure, owner and so on.',
    access: 'operator',
    params: ById,
    body: AssetChange,
    answer: Asset,
    errors: ['conflict'],
  },
  'asset.packages': {
    ...DEFAULTS,
    ...at('asset.packages'),
    summary: 'The installed packages of an asset.',
    access: 'person',
    params: ById,
    query: Search,
    answer: PackagePage,
  },
  'asset.findings': {
    ...DEFAULTS,
    ...at('asset.findings'),
    summary: 'What an asset is affected by, why, what fixes it, and by when. Most urgent first.',
    access: 'person',
    params: ById,
    query: Search,
    answer: AssetFindings,
  },
  'asset.updates': {
    ...DEFAULTS,
    ...at('asset.updates'),
    summary: 'What configured origins offer an asset.',
    access: 'person',
    params: ById,
    query: Search,
    answer: AssetUpdates,
  },
  'finding.list': {
    ...DEFAULTS,
    ...at('finding.list'),
    summary: 'Findings over the fleet, by vulnerability, source package and release; on a day of the past, too.',
    access: 'person',
    query: Search.extend({ source: Text.optional(), at: PastMoment.optional() }),
    answer: FleetFindingPage,
  },
  'update.list': {
    ...DEFAULTS,
    ...at('update.list'),
    summary: 'Offered updates over the fleet, by source version and release.',
    access: 'person',
    query: Search.extend({ source: Text.optional() }),
    answer: FleetUpdatePage,
  },
  'exposure.show': {
    ...DEFAULTS,
    ...at('exposure.show'),
    summary: 'Am I affected by this vulnerability, or by what this advisory names: where, why, and what fixes it.',
    access: 'person',
    params: z.object({ vulnerability: z.string().min(1).max(EXPOSURE_CHARACTERS_MAX) }),
    query: ExposureQuery,
    answer: ExposureAnswer,
  },
  'policy.show': {
    ...DEFAULTS,
    ...at('policy.show'),
    summary: 'The figures that this server works by, and their hash, which stands in every plan.',
    access: 'person',
    answer: PolicyAnswer,
  },
  'group.list': {
    ...DEFAULTS,
    ...at('group.list'),
    summary: 'Maintenance groups by name, with their windows and the next of them as instants.',
    access: 'person',
    query: PageQuery,
    answer: MaintenanceGroupPage,
  },
  'group.set': {
    ...DEFAULTS,
    ...at('group.set'),
    summary: 'Make a maintenance group, or change its zone and windows.',
    access: 'operator',
    params: z.object({ name: GroupName }),
    body: MaintenanceGroupChange,
    answer: MaintenanceGroup,
    errors: ['conflict'],
  },
  'group.remove': {
    ...DEFAULTS,
    ...at('group.remove'),
    summary: 'Remove a maintenance group that no asset is in.',
    access: 'operator',
    params: z.object({ name: GroupName }),
    answer: Empty,
    errors: ['conflict'],
  },
  'freeze.list': {
    ...DEFAULTS,
    ...at('freeze.list'),
    summary: 'Calendars of freezes that hold: times in which nothing is done although a window is open.',
    access: 'person',
    answer: FreezeCalendarList,
  },
  'freeze.import': {
    ...DEFAULTS,
    ...at('freeze.import'),
    summary: 'Take the freezes of an iCalendar file, in the place of those that the same name had.',
    access: 'operator',
    body: FreezeImport,
    bodyBytesMax: CALENDAR_BODY_BYTES_MAX,
    answer: FreezeImported,
    errors: ['conflict'],
  },
  'freeze.undo': {
    ...DEFAULTS,
    ...at('freeze.undo'),
    summary: 'Take an import of freezes back: what held under its name before holds again.',
    access: 'operator',
    params: z.object({ id: Id }),
    answer: FreezeUndone,
    errors: ['not-found', 'conflict'],
  },
  'feed.list': {
    ...DEFAULTS,
    ...at('feed.list'),
    summary: 'The feeds, their age and their health.',
    access: 'person',
    answer: FeedList,
  },
  'feed.show': {
    ...DEFAULTS,
    ...at('feed.show'),
    summary: 'One feed, with what it speaks of and what of it could not be used.',
    access: 'person',
    params: ByFeed,
    answer: FeedDetail,
  },
  'feed.add': {
    ...DEFAULTS,
    ...at('feed.add'),
    summary: 'Add a feed of advisories at an address of its own; it is fetched from now on.',
    access: 'administrator',
    body: FeedRequest,
    answer: FeedDetail,
    errors: ['feed-exists', 'feed-not-addable'],
  },
  'feed.change': {
    ...DEFAULTS,
    ...at('feed.change'),
    summary: 'Fetch a feed by itself from now on, or no more. What was imported stays.',
    access: 'administrator',
    params: ByFeed,
    body: FeedChange,
    answer: FeedDetail,
    errors: ['feed-without-address'],
  },
  'feed.remove': {
    ...DEFAULTS,
    ...at('feed.remove'),
    summary: 'End what a feed claims, and forget a feed that was added here.',
    access: 'administrator',
    params: ByFeed,
    answer: Empty,
    errors: ['feed-not-removable', 'feed-busy'],
  },
  'feed.import': {
    ...DEFAULTS,
    ...at('feed.import'),
    summary: 'Import the bytes of a feed file, plain or gzip or zip, as its publisher serves them.',
    access: 'operator',
    params: ByFeed,
    body: 'bytes',
    bodyBytesMax: FEED_BYTES_MAX,
    answer: FeedImported,
    errors: ['feed-unreadable', 'feed-outdated', 'feed-busy'],
  },
  'feed.fetch': {
    ...DEFAULTS,
    ...at('feed.fetch'),
    summary: 'Fetch a feed from its own address and import it.',
    access: 'operator',
    params: ByFeed,
    answer: FeedImported,
    errors: ['feed-unreadable', 'feed-outdated', 'feed-busy', 'feed-unreachable'],
  },
  'feed.pin-keys': {
    ...DEFAULTS,
    ...at('feed.pin-keys'),
    summary: 'Say which keys of a CSAF provider count from now on, after comparing them.',
    access: 'administrator',
    params: ByFeed,
    body: FeedKeys,
    answer: FeedDetail,
    errors: ['feed-not-addable'],
  },
  'provider.look': {
    ...DEFAULTS,
    ...at('provider.look'),
    summary: 'What a provider of CSAF says of itself, and the keys that it serves, to be compared. Nothing is kept.',
    access: 'administrator',
    body: ProviderLookRequest,
    answer: ProviderLook,
    errors: ['feed-unreadable', 'feed-unreachable'],
  },
  ...ANNOUNCEMENT_ROUTES,
  'enrollment-token.list': {
    ...DEFAULTS,
    ...at('enrollment-token.list'),
    summary: 'Enrollment tokens and what became of them.',
    access: 'administrator',
    answer: EnrollmentTokenList,
  },
  'enrollment-token.create': {
    ...DEFAULTS,
    ...at('enrollment-token.create'),
    summary: 'Make a token that enrolls one host.',
    access: 'administrator',
    body: EnrollmentTokenRequest,
    answer: EnrollmentTokenCreated,
    secret: true,
  },
  'enrollment-token.revoke': {
    ...DEFAULTS,
    ...at('enrollment-token.revoke'),
    summary: 'Make a token useless.',
    access: 'administrator',
    params: ById,
    answer: Empty,
  },
  ...FLEET_ROUTES,
  ...EXCEPTION_ROUTES,
  ...OVERVIEW_ROUTES,
  ...ASSETS_ROUTES,
  ...PEOPLE_ROUTES,
  ...PASSKEY_ROUTES,
  ...TESTING_ROUTES,
  ...TELLING_ROUTES,
  ...APPROVAL_ROUTES,
  ...CAMPAIGN_ROUTES,
  ...MAINTENANCE_ROUTES,
  ...DECISION_ROUTES,
  ...DOCUMENTATION_ROUTES,
  'agent.revoke': {
    ...DEFAULTS,
    ...at('agent.revoke'),
    summary: 'Refuse the keys of this asset from now on; what it reported stays.',
    access: 'administrator',
    params: ById,
    answer: Empty,
  },
  'agent.ca': {
    ...DEFAULTS,
    ...at('agent.ca'),
    summary: 'The certificate authority, to be compared with the fingerprint in the token.',
    access: 'agent-enrolling',
    answer: CaAnswer,
  },
  'agent.enroll': {
    ...DEFAULTS,
    ...at('agent.enroll'),
    summary: 'Bind the key of a host with a single-use token.',
    access: 'agent-enrolling',
    body: EnrollRequest,
    answer: EnrollAnswer,
    errors: ['token-wrong', 'token-used', 'token-expired', 'proof-wrong', 'rate-limited'],
  },
  'agent.check-in': {
    ...DEFAULTS,
    ...at('agent.check-in'),
    summary: 'Say that the host lives and which inventory it has.',
    access: 'agent',
    body: CheckInRequest,
    answer: CheckInAnswer,
    errors: ['agent-unknown', 'agent-revoked', 'certificate-expired'],
  },
  'agent.section': {
    ...DEFAULTS,
    ...at('agent.section'),
    summary: 'Send a section that the server lacks.',
    access: 'agent',
    params: z.object({ section: SectionNameText, hash: HashText }),
    body: 'bytes',
    bodyBytesMax: SECTION_BYTES_MAX,
    answer: SectionStored,
    errors: [
      'agent-unknown',
      'agent-revoked',
      'certificate-expired',
      'section-hash-mismatch',
      'section-invalid',
      'version-impossible',
      'rate-limited',
    ],
  },
  'agent.renew': {
    ...DEFAULTS,
    ...at('agent.renew'),
    summary: 'A new certificate for a bound key, also after the old one expired.',
    access: 'agent-renewing',
    body: RenewRequest,
    answer: RenewAnswer,
    errors: ['agent-unknown', 'agent-revoked'],
  },
  ...AGENT_JOB_ROUTES,
} as const satisfies Record<EndpointId, Route>;
