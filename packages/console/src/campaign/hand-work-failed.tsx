import type { ChecklistItemBody, ManualWork } from '@patchsteward/contract';
import { type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { ChoiceField } from '../parts/field.tsx';
import { LongTextField } from '../parts/long-text-field.tsx';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { useCampaignChange } from './use-campaign-change.ts';

const words = strings.campaign.hand;
const WHY_CHARACTERS_MAX = 2_000;

interface FailedFormProps {
  readonly work: ManualWork;
  readonly stopped: string | null;
  readonly onDone: () => void;
}

/** Where it failed, and what is wrong: the asset counts as down until people have answered for it. */
export function FailedForm({ work: { asset, campaign, job }, stopped, onDone }: FailedFormProps) {
  const [step, setStep] = useState<ChecklistItemBody['step']>('install');
  const [why, setWhy] = useState('');
  const send = useCampaignChange(
    campaign,
    () => call('work.report', { params: { job }, body: { outcome: 'failed', step, why: why.trim() } }),
    onDone,
  );
  const reason = stopped ?? (why.trim() === '' ? words.wants.why : null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason === null && !send.isPending) send.mutate();
  };
  return (
    <form onSubmit={submit} aria-label={words.failedOn(asset)}>
      <ChoiceField label={words.step} value={step} words={words.steps} onChange={setStep} />
      <LongTextField label={words.why} value={why} onChange={setWhy} required charactersMax={WHY_CHARACTERS_MAX} />
      {send.error !== null && <Failed error={send.error} />}
      <div className="ps-form-actions">
        <Action variant="danger" disabledReason={reason} busy={send.isPending ? words.reporting : null} submit>
          {words.reportFailed}
        </Action>
        <Action variant="link" disabledReason={null} onAct={onDone}>
          {strings.campaign.act.cancel}
        </Action>
      </div>
    </form>
  );
}
