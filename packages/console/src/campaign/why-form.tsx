import type { StatementDraftRequest } from '@patchsteward/contract';
import { useState } from 'react';
import { LongTextField } from '../parts/long-text-field.tsx';
import { strings } from '../platform/strings.ts';
import { commandFor } from './command-line.ts';
import { type FormProps, WHY_CHARACTERS_MAX } from './form-props.ts';
import { SignForm } from './sign-form.tsx';
import { signStatement } from './signing-parts.ts';

const words = strings.campaign.act;

interface WhyFormProps extends FormProps {
  readonly kind: 'resume' | 'auth.released' | 'test.accepted' | 'rollback.requested';
  readonly label: string;
}

/** A word that says why, and nothing else. */
export function WhyForm({ campaign, onDone, kind, label }: WhyFormProps) {
  const [why, setWhy] = useState('');
  const draft: StatementDraftRequest = { kind, plan: null, body: { why: why.trim() } };
  const missing = why.trim() === '' ? words.fillIn(label) : null;
  return (
    <SignForm
      campaign={campaign.id}
      button={words.sign}
      missing={missing}
      command={missing === null ? commandFor(campaign.id, draft) : null}
      sign={() => signStatement(campaign.id, draft)}
      onDone={onDone}
    >
      <LongTextField label={label} value={why} onChange={setWhy} required focused charactersMax={WHY_CHARACTERS_MAX} />
    </SignForm>
  );
}
