import type { StatementDraftRequest } from '@patchsteward/contract';
import { type ReactNode, useState } from 'react';
import { ChoiceField } from '../parts/field.tsx';
import { LongTextField } from '../parts/long-text-field.tsx';
import { MomentField } from '../parts/moment-field.tsx';
import { useNow } from '../platform/now.ts';
import { strings } from '../platform/strings.ts';
import { instantOf } from '../platform/time.ts';
import { commandFor } from './command-line.ts';
import { type FormProps, WHY_CHARACTERS_MAX } from './form-props.ts';
import { SignForm } from './sign-form.tsx';
import { signStatement } from './signing-parts.ts';

const words = strings.campaign.act;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Another lane than the one that was computed, and until when the fix must run. // SOP S1-S3 */
export function LaneForm({ campaign, onDone }: FormProps) {
  const [lane, setLane] = useState(campaign.lane ?? 'critical');
  const [due, setDue] = useState(useDue(campaign.due));
  const [why, setWhy] = useState('');
  const draft: StatementDraftRequest | null =
    due === null ? null : { kind: 'lane.set', plan: null, body: { lane, due: wireOf(due), why: why.trim() } };
  return (
    <TermForm campaign={campaign} draft={draft} why={why} label={words.laneWhy} onWhy={setWhy} onDone={onDone}>
      <ChoiceField label={words.lane} value={lane} words={strings.lane} onChange={setLane} />
      <MomentField label={words.laneDue} value={due} onChange={setDue} />
    </TermForm>
  );
}

/** The test comes after the deployment, by a day that somebody answers for. */
export function DeferForm({ campaign, onDone }: FormProps) {
  const [due, setDue] = useState(useDue(null));
  const [why, setWhy] = useState('');
  const draft: StatementDraftRequest | null =
    due === null ? null : { kind: 'test.deferred', plan: null, body: { due: wireOf(due), why: why.trim() } };
  return (
    <TermForm campaign={campaign} draft={draft} why={why} label={words.deferWhy} onWhy={setWhy} onDone={onDone}>
      <MomentField label={words.deferDue} value={due} onChange={setDue} />
    </TermForm>
  );
}

interface TermFormProps extends FormProps {
  /** null: the form says no moment. */
  readonly draft: StatementDraftRequest | null;
  readonly why: string;
  readonly label: string;
  readonly onWhy: (why: string) => void;
  readonly children: ReactNode;
}

function TermForm({ campaign, draft, why, label, onWhy, onDone, children }: TermFormProps) {
  const unsaid = why.trim() === '' ? words.fillIn(label) : null;
  const missing = draft === null ? words.momentNeeded : unsaid;
  return (
    <SignForm
      campaign={campaign.id}
      button={words.sign}
      missing={missing}
      command={draft === null || missing !== null ? null : commandFor(campaign.id, draft)}
      sign={() => (draft === null ? Promise.reject(new Error('no moment is said')) : signStatement(campaign.id, draft))}
      onDone={onDone}
    >
      {children}
      <LongTextField label={label} value={why} onChange={onWhy} required charactersMax={WHY_CHARACTERS_MAX} />
    </SignForm>
  );
}

/** The due time as it is, or a day from now: what somebody changes, and not what they must look up. */
function useDue(due: string | null): number | null {
  const now = useNow();
  return due === null ? Math.ceil((now + DAY_MS) / MINUTE_MS) * MINUTE_MS : instantOf(due);
}

function wireOf(instant: number): string {
  return new Date(instant).toISOString();
}
