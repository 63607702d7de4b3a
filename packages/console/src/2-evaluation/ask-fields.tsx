import { CheckField } from '../parts/check-field.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { LongTextField } from '../parts/long-text-field.tsx';
import { MomentField } from '../parts/moment-field.tsx';
import { strings } from '../platform/strings.ts';
import { AssetPicker } from './asset-picker.tsx';
import type { ExceptionDraft } from './exception-draft.ts';

const words = strings.exceptions.ask;
const WORDS_CHARACTERS_MAX = 2_000;
/** Five hundred vulnerabilities of the longest names that there are. */
const NAMES_CHARACTERS_MAX = 10_000;
const LANES = { keep: words.keepLane, ...strings.lane } as const;

interface FieldsProps {
  readonly draft: ExceptionDraft;
  readonly put: (change: Partial<ExceptionDraft>) => void;
}

/** What the exception is about. */
export function TargetFields({ draft, put }: FieldsProps) {
  return (
    <fieldset className="ps-fieldset">
      <legend>{words.target}</legend>
      <p className="ps-subtle">{words.targetLead}</p>
      <div className="ps-form-grid">
        <TextField
          label={words.vulnerabilities}
          value={draft.vulnerabilities}
          onChange={(vulnerabilities) => put({ vulnerabilities })}
          help={words.vulnerabilitiesHelp}
          charactersMax={NAMES_CHARACTERS_MAX}
        />
        <TextField
          label={words.sources}
          value={draft.sources}
          onChange={(sources) => put({ sources })}
          help={words.sourcesHelp}
          charactersMax={NAMES_CHARACTERS_MAX}
        />
        <TextField
          label={words.group}
          value={draft.group}
          onChange={(group) => put({ group })}
          help={words.groupHelp}
          charactersMax={WORDS_CHARACTERS_MAX}
        />
      </div>
      <AssetPicker assets={draft.assets} onChange={(assets) => put({ assets })} />
    </fieldset>
  );
}

/** What is answered, by whom, why, and until when. */
export function TermFields({ draft, put }: FieldsProps) {
  return (
    <fieldset className="ps-fieldset">
      <legend>{words.terms}</legend>
      <div className="ps-form-grid">
        <ChoiceField
          label={words.kind}
          value={draft.kind}
          words={strings.exceptions.kinds}
          onChange={(kind) => put({ kind })}
          help={strings.exceptions.kindMeans[draft.kind]}
        />
        <MomentField label={words.until} value={draft.until} onChange={(until) => put({ until })} />
      </div>
      {draft.kind === 'override' && <OverrideFields draft={draft} put={put} />}
      <TextField
        label={words.owner}
        value={draft.owner}
        onChange={(owner) => put({ owner })}
        help={words.ownerHelp}
        required
        charactersMax={WORDS_CHARACTERS_MAX}
      />
      <LongTextField
        label={words.why}
        value={draft.why}
        onChange={(why) => put({ why })}
        required
        charactersMax={WORDS_CHARACTERS_MAX}
      />
      <LongTextField
        label={words.control}
        value={draft.control}
        onChange={(control) => put({ control })}
        help={words.controlHelp}
        required={draft.kind === 'mitigate'}
        charactersMax={WORDS_CHARACTERS_MAX}
      />
      <TextField
        label={words.evidence}
        value={draft.evidence}
        onChange={(evidence) => put({ evidence })}
        help={words.evidenceHelp}
        charactersMax={WORDS_CHARACTERS_MAX}
      />
    </fieldset>
  );
}

function OverrideFields({ draft, put }: FieldsProps) {
  return (
    <div className="ps-form-grid">
      <ChoiceField label={words.lane} value={draft.lane} words={LANES} onChange={(lane) => put({ lane })} />
      <CheckField label={words.setDue} checked={draft.setDue} onChange={(setDue) => put({ setDue })} />
      {draft.setDue && <MomentField label={words.due} value={draft.due} onChange={(due) => put({ due })} />}
    </div>
  );
}
