import { useQuery } from '@tanstack/react-query';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { strings } from '../platform/strings.ts';
import type { AssetDraft } from './asset-draft.ts';
import { groupList } from './group-queries.ts';

const words = strings.facts;
const NAME_CHARACTERS_MAX = 255;
/** Fifty tags of 64 characters, and the commas between them. */
const TAGS_CHARACTERS_MAX = 3_300;

interface AssetFactsFieldsProps {
  readonly draft: AssetDraft;
  readonly put: (change: Partial<AssetDraft>) => void;
}

export function AssetFactsFields({ draft, put }: AssetFactsFieldsProps) {
  const groups = useQuery(groupList);
  // Its own group stands there also while the others are on their way.
  const names = [draft.maintenanceGroup, ...(groups.data?.items ?? []).map(({ name }) => name)];
  const groupWords: Readonly<Record<string, string>> = {
    '': strings.asset.none,
    ...Object.fromEntries(names.map((name) => [name, name || strings.asset.none])),
  };
  return (
    <>
      <TextField
        id="asset-name"
        label={strings.asset.name}
        value={draft.name}
        onChange={(name) => put({ name })}
        charactersMax={NAME_CHARACTERS_MAX}
      />
      <div className="ps-form-grid">
        <ChoiceField
          label={strings.asset.criticality}
          value={draft.criticality}
          words={strings.criticality}
          onChange={(criticality) => put({ criticality })}
        />
        <ChoiceField
          label={strings.asset.exposure}
          value={draft.exposure}
          words={strings.exposure}
          onChange={(exposure) => put({ exposure })}
          help={words.exposureHelp}
        />
        <ChoiceField
          label={strings.asset.environment}
          value={draft.environment}
          words={strings.environment}
          onChange={(environment) => put({ environment })}
        />
        <ChoiceField
          label={strings.asset.kind}
          value={draft.kind}
          words={strings.kind}
          onChange={(kind) => put({ kind })}
        />
        <TextField
          label={strings.asset.owner}
          value={draft.owner}
          onChange={(owner) => put({ owner })}
          charactersMax={NAME_CHARACTERS_MAX}
        />
        <TextField
          label={strings.asset.role}
          value={draft.role}
          onChange={(role) => put({ role })}
          charactersMax={NAME_CHARACTERS_MAX}
        />
      </div>
      <TextField
        label={strings.asset.tags}
        value={draft.tags}
        onChange={(tags) => put({ tags })}
        help={words.tagsHelp}
        charactersMax={TAGS_CHARACTERS_MAX}
      />
      <div className="ps-form-grid">
        <ChoiceField
          label={strings.asset.maintenanceGroup}
          value={draft.maintenanceGroup}
          words={groupWords}
          onChange={(maintenanceGroup) => put({ maintenanceGroup })}
          help={words.maintenanceGroupHelp}
        />
        <ChoiceField
          label={strings.asset.ring}
          value={draft.ring}
          words={words.ring}
          onChange={(ring) => put({ ring })}
          help={words.ringHelp}
        />
      </div>
      <TextField
        label={strings.asset.redundancyGroups}
        value={draft.redundancyGroups}
        onChange={(redundancyGroups) => put({ redundancyGroups })}
        help={words.redundancyGroupsHelp}
        charactersMax={TAGS_CHARACTERS_MAX}
      />
    </>
  );
}
