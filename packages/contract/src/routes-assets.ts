import { z } from 'zod';
import { Empty } from './access.ts';
import { AssetOutcomePage, AssetsChange, AssetsChanged, AssetsUndo, CHANGES_BYTES_MAX } from './asset-changes.ts';
import { AssetFacets, AssetFacetsQuery } from './asset-filter.ts';
import { AssetImport, AssetImported, IMPORT_BODY_BYTES_MAX } from './asset-import.ts';
import {
  AssetDoubles,
  AssetImportList,
  AssetImportUndone,
  AssetMerge,
  AssetMerged,
  AssetRemoval,
  AssetRestored,
  RemovedAssetList,
} from './asset-removal.ts';
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
  'asset.imports': {
    ...DEFAULTS,
    id: 'asset.imports',
    ...ENDPOINTS['asset.imports'],
    summary: 'The imports of lists, the last first.',
    access: 'person',
    answer: AssetImportList,
  },
  'asset.undo-import': {
    ...DEFAULTS,
    id: 'asset.undo-import',
    ...ENDPOINTS['asset.undo-import'],
    summary: 'Take the last import of a list back: what it added goes, what it changed is as before.',
    access: 'operator',
    params: ById,
    answer: AssetImportUndone,
    errors: ['conflict'],
  },
  'asset.doubles': {
    ...DEFAULTS,
    id: 'asset.doubles',
    ...ENDPOINTS['asset.doubles'],
    summary: 'Assets that may be one machine, by what they share.',
    access: 'person',
    answer: AssetDoubles,
  },
  'asset.merge': {
    ...DEFAULTS,
    id: 'asset.merge',
    ...ENDPOINTS['asset.merge'],
    summary:
      'Say that two assets are one machine: this one goes into the other; with `preview`, say what that would do.',
    access: 'operator',
    params: ById,
    body: AssetMerge,
    answer: AssetMerged,
    errors: ['conflict'],
  },
  'asset.remove': {
    ...DEFAULTS,
    id: 'asset.remove',
    ...ENDPOINTS['asset.remove'],
    summary: 'Take an asset out of the inventory. The record keeps it; one in an open campaign is refused.',
    access: 'operator',
    params: ById,
    body: AssetRemoval,
    answer: Empty,
    errors: ['conflict'],
  },
  'asset.restore': {
    ...DEFAULTS,
    id: 'asset.restore',
    ...ENDPOINTS['asset.restore'],
    summary: 'Bring a removed or merged asset back as it was.',
    access: 'operator',
    params: ById,
    answer: AssetRestored,
  },
  'asset.removed': {
    ...DEFAULTS,
    id: 'asset.removed',
    ...ENDPOINTS['asset.removed'],
    summary: 'Assets that were taken out of the inventory, the last first.',
    access: 'person',
    answer: RemovedAssetList,
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
