import type { Decision, PlanActBody } from '@patchsteward/contract';
import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { CheckField } from '../parts/check-field.tsx';
import { LongTextField } from '../parts/long-text-field.tsx';
import { canSign, passkeysQuery } from '../platform/signing.ts';
import { strings } from '../platform/strings.ts';
import { AgreedWindows } from './agreed-windows.tsx';
import { CommandFor } from './command-for.tsx';
import { perform } from './perform.ts';
import { SigningFailed } from './signing-failed.tsx';
import { useDecisionAddress } from './use-decision-address.ts';

const words = strings.decision;
const WHY_CHARACTERS_MAX = 2_000;

/** Acts that the phrase guards: they sign the plan itself. */
const COMPARED: ReadonlySet<PlanActBody['act']> = new Set(['approve', 'request', 'sign-test']);
const SAYS_WHY: ReadonlySet<PlanActBody['act']> = new Set(['refuse', 'revoke', 'request']);

interface ActDialogProps {
  readonly decision: Decision;
  readonly act: PlanActBody;
}

/** Compare, say why, sign here with a passkey; or with the command that does the same elsewhere. */
export function ActDialog({ decision, act }: ActDialogProps) {
  const { put } = useDecisionAddress();
  const [compared, setCompared] = useState(false);
  const [why, setWhy] = useState('');
  const queries = useQueryClient();
  const passkeys = useQuery(passkeysQuery);
  const formId = useId();
  const titleId = useId();
  const close = (): void => put({ act: undefined });

  const sign = useMutation({
    mutationFn: () => perform(decision, act, why.trim()),
    onSuccess: async () => {
      close();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['inbox'] }),
        queries.invalidateQueries({ queryKey: ['campaign', decision.campaign.id] }),
      ]);
    },
  });

  const here = passkeys.data === undefined ? null : canSign(passkeys.data);
  const stopped = whyNot({ act, compared, why, here: here === null || here.ok ? null : here.sentence });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped === null && !sign.isPending) sign.mutate();
  };

  return (
    <Modal variant="medium" isOpen onClose={close} aria-labelledby={titleId}>
      <ModalHeader title={words.dialog[act.act]} description={decision.campaign.title} labelId={titleId} />
      <ModalBody>
        <Form id={formId} onSubmit={submit}>
          {sign.isError && <SigningFailed error={sign.error} />}
          {act.act === 'refuse' && <p>{words.refuseLead}</p>}
          {act.act === 'revoke' && <p>{words.revokeLead}</p>}
          {act.act === 'agree' && <AgreedWindows decision={decision} assets={act.assets} />}
          {COMPARED.has(act.act) && (
            <div className="ps-phrase">
              <p className="ps-phrase-words">{decision.phrase}</p>
              <p>{words.compare}</p>
              <CheckField label={words.compared} checked={compared} onChange={setCompared} />
            </div>
          )}
          {SAYS_WHY.has(act.act) && (
            <LongTextField
              label={words.why}
              value={why}
              onChange={setWhy}
              help={words.whyHelp}
              required
              focused
              charactersMax={WHY_CHARACTERS_MAX}
            />
          )}
          {wantsCommandLine(act) && <p>{words.cliStillNeeded}</p>}
          {here !== null && !here.ok && <p>{here.sentence}</p>}
          <CommandFor act={act} open={here !== null && !here.ok} />
        </Form>
      </ModalBody>
      <ModalFooter>
        <div className="ps-form-actions">
          <Action
            variant={act.act === 'refuse' || act.act === 'revoke' ? 'danger' : 'primary'}
            disabledReason={passkeys.isPending ? strings.list.loading : stopped}
            busy={sign.isPending ? words.signing : null}
            submit
            form={formId}
          >
            {words.sign}
          </Action>
          <Action variant="link" disabledReason={null} onAct={close}>
            {words.cancel}
          </Action>
        </div>
      </ModalFooter>
    </Modal>
  );
}

interface Filled {
  readonly act: PlanActBody;
  readonly compared: boolean;
  readonly why: string;
  /** Why no passkey can sign here. */
  readonly here: string | null;
}

function whyNot({ act, compared, why, here }: Filled): string | null {
  if (here !== null) return here;
  if (SAYS_WHY.has(act.act) && why.trim() === '') return words.whyFirst;
  return COMPARED.has(act.act) && !compared ? words.compareFirst : null;
}

/** A vote with a passkey would leave the command line to somebody. */
function wantsCommandLine({ afterConsole }: PlanActBody): boolean {
  return afterConsole?.some(({ code }) => code === 'cli-signature-missing') === true;
}
