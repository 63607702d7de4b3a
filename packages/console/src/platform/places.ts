import type { ComponentType } from 'react';
import {
  AccountIcon,
  AnnouncementsIcon,
  AssetsIcon,
  CampaignsIcon,
  ClockIcon,
  DoublesIcon,
  EditIcon,
  EnrollmentIcon,
  ExceptionsIcon,
  FeedsIcon,
  FindingsIcon,
  InboxIcon,
  NoticesIcon,
  OriginsIcon,
  OverviewIcon,
  PeopleIcon,
  PolicyIcon,
  RecordIcon,
  SearchIcon,
  SeverityUnknownIcon,
  TrustIcon,
  UpdatesIcon,
  UploadIcon,
} from '../parts/icons.ts';
import { strings } from './strings.ts';

export interface Place {
  readonly to:
    | '/'
    | '/campaigns'
    | '/maintenance'
    | '/inbox'
    | '/assets'
    | '/findings'
    | '/updates'
    | '/exposure'
    | '/unknown-severities'
    | '/exceptions'
    | '/announcements'
    | '/feeds'
    | '/enrollment'
    | '/record'
    | '/told'
    | '/policy'
    | '/origins'
    | '/people'
    | '/trust'
    | '/notices'
    | '/groups'
    | '/rules'
    | '/import'
    | '/doubles'
    | '/account';
  readonly title: string;
  readonly icon: ComponentType;
  /** Pressed after `g`. */
  readonly key: string;
}

/** What has a screen of its own, in the order of the procedure; the map is the same in every part of the product. */
export const PLACES: readonly { readonly title: string; readonly places: readonly Place[] }[] = [
  {
    title: strings.rooms.work,
    places: [
      { to: '/', title: strings.screens.overview, icon: OverviewIcon, key: 'o' },
      { to: '/campaigns', title: strings.screens.campaigns, icon: CampaignsIcon, key: 'c' },
      { to: '/maintenance', title: strings.maintenance.title, icon: ClockIcon, key: 'q' },
      { to: '/inbox', title: strings.inbox.title, icon: InboxIcon, key: 'i' },
    ],
  },
  {
    title: strings.rooms.identification,
    places: [
      { to: '/assets', title: strings.screens.assets, icon: AssetsIcon, key: 'a' },
      { to: '/findings', title: strings.fleetFindings.title, icon: FindingsIcon, key: 'f' },
      { to: '/updates', title: strings.fleetUpdates.title, icon: UpdatesIcon, key: 'u' },
      { to: '/exposure', title: strings.exposureSearch.title, icon: SearchIcon, key: 'x' },
      { to: '/unknown-severities', title: strings.severities.title, icon: SeverityUnknownIcon, key: 'v' },
      { to: '/announcements', title: strings.announcements.title, icon: AnnouncementsIcon, key: 'h' },
    ],
  },
  {
    title: strings.rooms.evaluation,
    places: [{ to: '/exceptions', title: strings.exceptions.title, icon: ExceptionsIcon, key: 's' }],
  },
  {
    title: strings.rooms.documentation,
    places: [
      { to: '/policy', title: strings.policy.title, icon: PolicyIcon, key: 'p' },
      { to: '/record', title: strings.record.title, icon: RecordIcon, key: 'r' },
      { to: '/told', title: strings.told.title, icon: InboxIcon, key: 'g' },
    ],
  },
  {
    title: strings.rooms.settings,
    places: [
      { to: '/feeds', title: strings.screens.feeds, icon: FeedsIcon, key: 'd' },
      { to: '/enrollment', title: strings.screens.enrollment, icon: EnrollmentIcon, key: 'e' },
      { to: '/import', title: strings.imports.title, icon: UploadIcon, key: 'j' },
      { to: '/doubles', title: strings.doubles.title, icon: DoublesIcon, key: 'b' },
      { to: '/groups', title: strings.groups.title, icon: ClockIcon, key: 'm' },
      { to: '/rules', title: strings.rules.title, icon: EditIcon, key: 'l' },
      { to: '/origins', title: strings.origins.title, icon: OriginsIcon, key: 'k' },
      { to: '/people', title: strings.people.title, icon: PeopleIcon, key: 'w' },
      { to: '/trust', title: strings.trust.title, icon: TrustIcon, key: 't' },
      { to: '/notices', title: strings.notices.title, icon: NoticesIcon, key: 'n' },
      { to: '/account', title: strings.account.title, icon: AccountIcon, key: 'y' },
    ],
  },
];
