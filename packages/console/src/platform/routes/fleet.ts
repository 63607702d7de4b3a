import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { PAGES_MAX } from '../../1-identification/queries.ts';
import { countIn, textIn, wordIn } from '../search-params.ts';
import { inside } from './root.ts';

const LANES = ['routine', 'critical', 'emergency', 'mitigation'] as const;
const SEVERITIES = ['none', 'low', 'medium', 'high', 'critical', 'unknown'] as const;
const YES = ['yes'] as const;

const findings = createRoute({
  getParentRoute: () => inside,
  path: '/findings',
  validateSearch: (raw) => ({
    ...wordIn(raw, 'by', ['source'] as const),
    ...textIn(raw, 'search'),
    ...wordIn(raw, 'lane', LANES),
    ...wordIn(raw, 'severity', SEVERITIES),
    ...wordIn(raw, 'exploited', YES),
    ...wordIn(raw, 'late', YES),
    ...wordIn(raw, 'fix', ['offered', 'not-offered', 'no-fix'] as const),
    ...textIn(raw, 'release'),
    ...wordIn(raw, 'environment', ['production', 'non-production', 'unknown'] as const),
    ...textIn(raw, 'open'),
    ...countIn(raw, 'pages', PAGES_MAX),
  }),
  component: lazyRouteComponent(() => import('../../1-identification/fleet-findings.tsx'), 'FleetFindingsScreen'),
});

const updates = createRoute({
  getParentRoute: () => inside,
  path: '/updates',
  validateSearch: (raw) => ({
    ...textIn(raw, 'search'),
    ...wordIn(raw, 'kind', ['security', 'bugfix', 'feature', 'unknown'] as const),
    ...wordIn(raw, 'lane', LANES),
    ...wordIn(raw, 'exploited', YES),
    ...wordIn(raw, 'late', YES),
    ...textIn(raw, 'release'),
    ...textIn(raw, 'open'),
    ...countIn(raw, 'pages', PAGES_MAX),
  }),
  component: lazyRouteComponent(() => import('../../1-identification/fleet-updates.tsx'), 'FleetUpdatesScreen'),
});

const exposure = createRoute({
  getParentRoute: () => inside,
  path: '/exposure',
  validateSearch: (raw) => ({
    ...textIn(raw, 'id', 64),
    ...textIn(raw, 'at', 10),
    ...wordIn(raw, 'show', ['all'] as const),
    ...wordIn(raw, 'words', YES),
    ...textIn(raw, 'distribution', 64),
    ...countIn(raw, 'pages', PAGES_MAX),
  }),
  component: lazyRouteComponent(() => import('../../1-identification/exposure.tsx'), 'ExposureScreen'),
});

const severities = createRoute({
  getParentRoute: () => inside,
  path: '/unknown-severities',
  validateSearch: (raw) => ({
    ...textIn(raw, 'search'),
    ...wordIn(raw, 'state', ['held', 'judged'] as const),
    ...textIn(raw, 'source'),
    ...textIn(raw, 'release'),
    ...countIn(raw, 'pages', PAGES_MAX),
  }),
  component: lazyRouteComponent(() => import('../../1-identification/severities.tsx'), 'SeveritiesScreen'),
});

const announcements = createRoute({
  getParentRoute: () => inside,
  path: '/announcements',
  validateSearch: (raw) => ({
    ...textIn(raw, 'search'),
    ...wordIn(raw, 'state', ['claimed', 'dismissed', 'all'] as const),
    ...textIn(raw, 'feed'),
    ...countIn(raw, 'pages', PAGES_MAX),
  }),
  component: lazyRouteComponent(() => import('../../1-identification/announcements.tsx'), 'AnnouncementsScreen'),
});

const announcement = createRoute({
  getParentRoute: () => inside,
  path: '/announcements/$id',
  component: lazyRouteComponent(() => import('../../1-identification/announcement.tsx'), 'AnnouncementScreen'),
});

export const fleetRoutes = [findings, updates, exposure, severities, announcements, announcement] as const;
