import { z } from 'zod';
import { Empty } from './access.ts';
import { AssetOutcomePage, AssetsChange, AssetsChanged, AssetsUndo, CHANGES_BYTES_MAX } from './asset-changes.ts';
import { AssetFacets, AssetFacetsQuery } from './asset-filter.ts';
import { AssetImport, AssetImported, IMPORT_BODY_BYTES_MAX } from './asset-import.ts';
import { AssetRuleBody, AssetRuleChange, AssetRuleList, AssetRulesApply } from './asset-rules.ts';
import { ENDPOINTS } from './endpoints.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';
import { Id, PageQuery } from './units.ts';

const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;
const ById = z.object({ id: Id });

/** Assets by the hundred: what there is of each kind, one change of many, rules by name. */
export const ASSETS_ROUTES = {
  'asset.facets': {
    ...DEFAULTS,
    id: 'asset.facets',
    ...ENDPOINTS['asset.facets'],
    summary: 'How many assets there are of each criticality, owner, group and so on, within a filter.',
    access: 'person',
    query: AssetFacetsQuery,
    answer: AssetFacets,
  },
  'asset.change-many': {
    ...DEFAULTS,
    id: 'asset.change-many',
    ...ENDPOINTS['asset.change-many'],
    summary: 'Change many assets alike. While the answer says `running`, send the same request again.',
    access: 'operator',
    body: AssetsChange,
    answer: AssetsChanged,
    errors: ['conflict'],
    bodyBytesMax: CHANGES_BYTES_MAX,
  },
  'asset.changes-show': {
    ...DEFAULTS,
    id: 'asset.changes-show',
    ...ENDPOINTS['asset.changes-show'],
    summary: 'What a change of many assets did to each of them, the refused first.',
    access: 'person',
    params: ById,
    query: PageQuery,
    answer: AssetOutcomePage,
  },
  'asset.undo-many': {
    ...DEFAULTS,
    id: 'asset.undo-many',
    ...ENDPOINTS['asset.undo-many'],
    summary: 'Give the assets of a change what they had before it; what was changed since stays.',
    access: 'operator',
    params: ById,
    body: AssetsUndo,
    answer: AssetsChanged,
    errors: ['conflict'],
  },
  'asset.import': {
    ...DEFAULTS,
    id: 'asset.import',
    ...ENDPOINTS['asset.import'],
    summary:
      'Add and change assets that no agent speaks for, as a list names them; with `preview`, say what it would do.',
    access: 'operator',
    body: AssetImport,
    answer: AssetImported,
    errors: ['conflict'],
    bodyBytesMax: IMPORT_BODY_BYTES_MAX,
  },
  'rule.list': {
    ...DEFAULTS,
    id: 'rule.list',
    ...ENDPOINTS['rule.list'],
    summary: 'The rules that say what a host is by its name, in their order.',
    access: 'person',
    answer: AssetRuleList,
  },
  'rule.set': {
    ...DEFAULTS,
    id: 'rule.set',
    ...ENDPOINTS['rule.set'],
    summary: 'Make a rule under an id of your own, or change it. It holds for hosts that enroll from then on.',
    access: 'operator',
    params: ById,
    body: AssetRuleChange,
    answer: AssetRuleBody,
    errors: ['conflict'],
  },
  'rule.remove': {
    ...DEFAULTS,
    id: 'rule.remove',
    ...ENDPOINTS['rule.remove'],
    summary: 'Remove a rule; what it gave to assets stays.',
    access: 'operator',
    params: ById,
    answer: Empty,
  },
  'rule.apply': {
    ...DEFAULTS,
    id: 'rule.apply',
    ...ENDPOINTS['rule.apply'],
    summary: 'Hold the rules against all assets. While the answer says `running`, send the same request again.',
    access: 'operator',
    body: AssetRulesApply,
    answer: AssetsChanged,
    errors: ['conflict'],
  },
} as const satisfies Record<string, Route>;
