import type { StatementDraftRequest } from '@patchsteward/contract';
import { useState } from 'react';
import { ChoiceField } from '../parts/field.tsx';
import { LongTextField } from '../parts/long-text-field.tsx';
import { useNow } from '../platform/now.ts';
import { strings } from '../platform/strings.ts';
import { commandFor } from './command-line.ts';
import { type FormProps, WHY_CHARACTERS_MAX } from './form-props.ts';
import { SignForm } from './sign-form.tsx';
import { signStatement } from './signing-parts.ts';
import { useCampaignAddress } from './use-campaign-address.ts';

const words = strings.campaign.act;
const about = strings.campaign.about;

const DAY_MS = 86_400_000;
const TERMS_MS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS } as const;
type Declared = keyof typeof about.declaredAs;

type HostAct = 'waive' | 'declare' | 'except';
const WHYS = { waive: words.waiveWhy, declare: words.declareWhy, except: words.exceptWhy } as const;

interface HostWordFormProps extends FormProps {
  readonly act: HostAct;
}

/** A signed word about one host: changed without a backup until a day, left out until one, or what became of it. */
export function HostWordForm({ campaign, onDone, act }: HostWordFormProps) {
  const { search, put } = useCampaignAddress();
  const [term, setTerm] = useState<keyof typeof TERMS_MS>('week');
  const [as, setAs] = useState<Declared>('up-verified');
  const [why, setWhy] = useState('');
  const now = useNow();
  // The minute is as exact as anybody means it, and what is shown stays what is signed.
  const [opened] = useState(() => Math.ceil(now / 60_000) * 60_000);
  const assetId = campaign.scope.find(({ id }) => id === search.asset)?.id;
  const label = WHYS[act];
  const missing = missingOf(assetId, why, label);
  const draft = assetId === undefined ? null : draftOf({ act, assetId, as, why, until: opened + TERMS_MS[term] });
  return (
    <SignForm
      campaign={campaign.id}
      button={words.sign}
      missing={missing}
      command={draft === null || missing !== null ? null : commandFor(campaign.id, draft)}
      sign={() => (draft === null ? Promise.reject(new Error('no host is chosen')) : signStatement(campaign.id, draft))}
      onDone={onDone}
    >
      <ChoiceField
        label={words.asset}
        value={assetId ?? ''}
        words={namesOf(campaign)}
        onChange={(asset) => put({ asset: asset === '' ? undefined : asset })}
      />
      {act !== 'declare' && (
        <ChoiceField label={words.waiveUntil} value={term} words={words.terms} onChange={setTerm} />
      )}
      {act === 'declare' && (
        <ChoiceField label={words.declareAs} value={as} words={about.declaredAs} onChange={setAs} />
      )}
      <LongTextField label={label} value={why} onChange={setWhy} required charactersMax={WHY_CHARACTERS_MAX} />
    </SignForm>
  );
}

function missingOf(assetId: string | undefined, why: string, label: string): string | null {
  if (assetId === undefined) return words.fillIn(words.asset);
  return why.trim() === '' ? words.fillIn(label) : null;
}

interface HostWord {
  readonly act: HostAct;
  readonly assetId: string;
  readonly as: Declared;
  readonly why: string;
  readonly until: number;
}

function draftOf({ act, assetId, as, why, until }: HostWord): StatementDraftRequest {
  if (act === 'declare') return { kind: 'host.declared', plan: null, body: { assetId, as, why: why.trim() } };
  const expiresAt = new Date(until).toISOString();
  const kind = act === 'except' ? 'exception.signed' : 'waiver';
  return { kind, plan: null, body: { assetId, expiresAt, why: why.trim() } };
}

function namesOf({ scope }: FormProps['campaign']): Readonly<Record<string, string>> {
  return Object.fromEntries([['', words.chooseAsset], ...scope.map(({ id, name }) => [id, name] as const)]);
}
