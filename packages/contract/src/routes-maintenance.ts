import { z } from 'zod';
import { CampaignSummary } from './campaign.ts';
import { ENDPOINTS } from './endpoints.ts';
import { GroupName } from './groups.ts';
import {
  MaintenancePlan,
  MaintenancePlanChange,
  MaintenancePlanList,
  MaintenanceTake,
  MaintenanceTurn,
  MaintenanceTurnList,
  MaintenanceWhy,
} from './maintenance-plan.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';

const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;
const Named = z.object({ name: GroupName });
const OfDay = Named.extend({ day: z.iso.date() });

/** What asks for routine campaigns by itself. // SOP S2 */
export const MAINTENANCE_ROUTES = {
  'maintenance-plan.list': {
    ...DEFAULTS,
    id: 'maintenance-plan.list',
    ...ENDPOINTS['maintenance-plan.list'],
    summary: 'Maintenance plans by name, each with its next five turns and the one that waits for an answer.',
    access: 'person',
    answer: MaintenancePlanList,
  },
  'maintenance-plan.set': {
    ...DEFAULTS,
    id: 'maintenance-plan.set',
    ...ENDPOINTS['maintenance-plan.set'],
    summary: 'Make a maintenance plan, or change it; turns that have come stay as they are.',
    access: 'operator',
    params: Named,
    body: MaintenancePlanChange,
    answer: MaintenancePlan,
    errors: ['conflict'],
  },
  'maintenance-plan.remove': {
    ...DEFAULTS,
    id: 'maintenance-plan.remove',
    ...ENDPOINTS['maintenance-plan.remove'],
    summary: 'Remove a maintenance plan with its turns; the record keeps them.',
    access: 'operator',
    params: Named,
    answer: z.object({}),
    errors: ['not-found'],
  },
  'maintenance-plan.pause': {
    ...DEFAULTS,
    id: 'maintenance-plan.pause',
    ...ENDPOINTS['maintenance-plan.pause'],
    summary: 'Ask nobody until it is resumed; turns that pass meanwhile are told as paused.',
    access: 'operator',
    params: Named,
    body: MaintenanceWhy,
    answer: MaintenancePlan,
    errors: ['not-found', 'conflict'],
  },
  'maintenance-plan.resume': {
    ...DEFAULTS,
    id: 'maintenance-plan.resume',
    ...ENDPOINTS['maintenance-plan.resume'],
    summary: 'Ask again from the next turn on.',
    access: 'operator',
    params: Named,
    answer: MaintenancePlan,
    errors: ['not-found', 'conflict'],
  },
  'maintenance-turn.list': {
    ...DEFAULTS,
    id: 'maintenance-turn.list',
    ...ENDPOINTS['maintenance-turn.list'],
    summary: 'The turns of a maintenance plan that have come, the newest first, with what became of each.',
    access: 'person',
    params: Named,
    answer: MaintenanceTurnList,
    errors: ['not-found'],
  },
  'maintenance-turn.show': {
    ...DEFAULTS,
    id: 'maintenance-turn.show',
    ...ENDPOINTS['maintenance-turn.show'],
    summary: 'A turn with its frozen list, and what becomes of each update where it is taken.',
    access: 'person',
    params: OfDay,
    answer: MaintenanceTurn,
    errors: ['not-found'],
  },
  'maintenance-turn.take': {
    ...DEFAULTS,
    id: 'maintenance-turn.take',
    ...ENDPOINTS['maintenance-turn.take'],
    summary: 'Open the routine campaign of a turn: who takes it is its requester.',
    access: 'operator',
    params: OfDay,
    body: MaintenanceTake,
    answer: CampaignSummary,
    errors: ['not-found', 'conflict', 'event-refused'],
  },
  'maintenance-turn.dismiss': {
    ...DEFAULTS,
    id: 'maintenance-turn.dismiss',
    ...ENDPOINTS['maintenance-turn.dismiss'],
    summary: 'Say why a turn is left out; its updates are offered again at the next.',
    access: 'operator',
    params: OfDay,
    body: MaintenanceWhy,
    answer: MaintenanceTurn,
    errors: ['not-found', 'conflict'],
  },
} as const satisfies Record<string, Route>;
