import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { CheckField } from '../parts/check-field.tsx';
import { LongTextField } from '../parts/long-text-field.tsx';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { type FormProps, WHY_CHARACTERS_MAX } from './form-props.ts';
import { useCampaignChange } from './use-campaign-change.ts';

const words = strings.campaign.act;

/** Stopping is cheap: one field, one button. // rollout §3.4 */
export function HaltForm({ campaign, onDone }: FormProps) {
  const [why, setWhy] = useState('');
  const halt = useCampaignChange(
    campaign.id,
    () => call('campaign.halt', { params: { id: campaign.id }, body: { why: why.trim() } }),
    onDone,
  );
  return (
    <StopForm
      button={words.halt}
      busy={halt.isPending ? words.halting : null}
      missing={why.trim() === '' ? words.fillIn(words.haltWhy) : null}
      error={halt.error}
      onSend={() => halt.mutate()}
      onCancel={onDone}
    >
      <Why label={words.haltWhy} why={why} onChange={setWhy} />
    </StopForm>
  );
}

export function WithdrawForm({ campaign, onDone }: FormProps) {
  const [why, setWhy] = useState('');
  const [vendor, setVendor] = useState(false);
  const withdraw = useCampaignChange(
    campaign.id,
    () => call('campaign.withdraw', { params: { id: campaign.id }, body: { why: why.trim(), vendor } }),
    onDone,
  );
  return (
    <StopForm
      button={words.withdrawSure}
      busy={withdraw.isPending ? words.withdrawing : null}
      missing={why.trim() === '' ? words.fillIn(words.withdrawWhy) : null}
      error={withdraw.error}
      onSend={() => withdraw.mutate()}
      onCancel={onDone}
    >
      <Why label={words.withdrawWhy} why={why} onChange={setWhy} />
      <CheckField label={words.vendor} checked={vendor} onChange={setVendor} />
    </StopForm>
  );
}

function Why({
  label,
  why,
  onChange,
}: {
  readonly label: string;
  readonly why: string;
  readonly onChange: (why: string) => void;
}) {
  return (
    <LongTextField label={label} value={why} onChange={onChange} required focused charactersMax={WHY_CHARACTERS_MAX} />
  );
}

interface StopFormProps {
  readonly button: string;
  readonly busy: string | null;
  readonly missing: string | null;
  readonly error: Error | null;
  readonly onSend: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

function StopForm({ button, busy, missing, error, onSend, onCancel, children }: StopFormProps) {
  const formId = useId();
  const stopped = useForbidden('operator') ?? missing;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped === null && busy === null) onSend();
  };
  return (
    <>
      <ModalBody>
        <Form id={formId} onSubmit={submit}>
          {error !== null && <Failed error={error} />}
          {children}
        </Form>
      </ModalBody>
      <ModalFooter>
        <div className="ps-form-actions">
          <Action variant="danger" disabledReason={stopped} busy={busy} submit form={formId}>
            {button}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onCancel}>
            {words.cancel}
          </Action>
        </div>
      </ModalFooter>
    </>
  );
}
