import type { CampaignFeasibility } from '@patchsteward/contract';
import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Span } from '../5-approval/span.tsx';
import { Action } from '../parts/action.tsx';
import { LongTextField } from '../parts/long-text-field.tsx';
import { RefusedFields } from '../parts/refused-fields.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { campaignQuery } from './queries.ts';

const words = strings.campaign.late;
const WHY_CHARACTERS_MAX = 2_000;

interface ExtraordinaryFormProps {
  readonly campaign: string;
  readonly host: CampaignFeasibility['late'][number];
  readonly span: { readonly from: string; readonly until: string };
  readonly onClose: () => void;
}

/** Asks for a single time beside the windows of a host, and why. // SOP R2 */
export function ExtraordinaryForm({ campaign, host, span, onClose }: ExtraordinaryFormProps) {
  const [why, setWhy] = useState('');
  const queries = useQueryClient();
  const titleId = useId();
  const formId = useId();
  const forbidden = useForbidden('operator');
  const ask = useMutation({
    mutationFn: () =>
      call('extraordinary.add', { params: { id: campaign }, body: { assets: [host.assetId], ...span, why } }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: campaignQuery(campaign).queryKey });
    },
  });
  const stopped = forbidden ?? (why.trim() === '' ? words.whyNeeded : null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped === null && !ask.isPending) ask.mutate();
  };
  return (
    <Modal variant="medium" isOpen onClose={onClose} aria-labelledby={titleId}>
      <ModalHeader title={words.askFor(host.asset)} labelId={titleId} />
      <ModalBody>
        <Form id={formId} onSubmit={submit}>
          <Span span={span} zone={host.zone} />
          <p>{words.consequence(host.owner)}</p>
          <RefusedFields error={ask.error} labels={{ why: words.whyLabel }}>
            <LongTextField
              label={words.whyLabel}
              value={why}
              onChange={setWhy}
              charactersMax={WHY_CHARACTERS_MAX}
              required
              focused
            />
          </RefusedFields>
        </Form>
      </ModalBody>
      <ModalFooter>
        <div className="ps-form-actions">
          <Action
            variant="primary"
            disabledReason={stopped}
            busy={ask.isPending ? words.asking : null}
            submit
            form={formId}
          >
            {words.ask}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onClose}>
            {words.cancel}
          </Action>
        </div>
      </ModalFooter>
    </Modal>
  );
}
