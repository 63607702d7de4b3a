import { ChoiceField, TextField } from '../parts/field.tsx';
import { strings } from '../platform/strings.ts';
import type { AssetDraft } from './asset-draft.ts';

const words = strings.facts;
const NAME_CHARACTERS_MAX = 255;
/** Fifty tags of 64 characters, and the commas between them. */
const TAGS_CHARACTERS_MAX = 3_300;

interface AssetFactsFieldsProps {
  readonly draft: AssetDraft;
  readonly put: (change: Partial<AssetDraft>) => void;
}

export function AssetFactsFields({ draft, put }: AssetFactsFieldsProps) {
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
    </>
  );
}
