import { useState } from 'react';
import { CheckField } from '../parts/check-field.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { LongTextField } from '../parts/long-text-field.tsx';
import { strings } from '../platform/strings.ts';
import { commandFor } from './command-line.ts';
import { type FormProps, WHY_CHARACTERS_MAX } from './form-props.ts';
import { NO_RISK_DRAFT, type RiskDraft, riskStatement } from './risk-draft.ts';
import { SignForm } from './sign-form.tsx';
import { signStatement } from './signing-parts.ts';

const words = strings.campaign.act;
const about = strings.campaign.about;

/** The assessment of the change itself, signed. // SOP P2.1, checklist c4 */
export function RiskForm({ campaign, onDone }: FormProps) {
  const [draft, setDraft] = useState(NO_RISK_DRAFT);
  const put = (change: Partial<RiskDraft>): void => setDraft({ ...draft, ...change });
  const statement = riskStatement(draft);
  return (
    <SignForm
      campaign={campaign.id}
      button={words.sign}
      missing={null}
      command={commandFor(campaign.id, statement)}
      sign={() => signStatement(campaign.id, statement)}
      onDone={onDone}
    >
      <div className="ps-form-grid">
        <ChoiceField
          label={about.impact}
          value={draft.impact}
          words={about.impacts}
          onChange={(impact) => put({ impact })}
        />
        <ChoiceField
          label={about.wayBack}
          value={draft.rollback}
          words={about.waysBack}
          onChange={(rollback) => put({ rollback })}
        />
      </div>
      <CheckField
        label={`${about.reboot}: ${about.reboots.yes}`}
        checked={draft.reboot}
        onChange={(reboot) => put({ reboot })}
      />
      <TextField
        label={about.restarts}
        value={draft.restarts}
        onChange={(restarts) => put({ restarts })}
        help={words.restartsHelp}
        charactersMax={WHY_CHARACTERS_MAX}
      />
      <TextField
        label={about.exposure}
        value={draft.exposure}
        onChange={(exposure) => put({ exposure })}
        charactersMax={WHY_CHARACTERS_MAX}
      />
      <LongTextField
        label={about.note}
        value={draft.note}
        onChange={(note) => put({ note })}
        charactersMax={WHY_CHARACTERS_MAX}
      />
    </SignForm>
  );
}
