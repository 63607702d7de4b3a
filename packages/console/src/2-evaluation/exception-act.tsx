import type { ExceptionDetail } from '@patchsteward/contract';
import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { Fact } from '../1-identification/asset-facts.tsx';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { TextField } from '../parts/field.tsx';
import { LongTextField } from '../parts/long-text-field.tsx';
import { MomentField } from '../parts/moment-field.tsx';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import type { ExceptionAct } from './exception-acts.tsx';

const words = strings.exceptions.act;
const WORDS_CHARACTERS_MAX = 2_000;

interface ExceptionActDialogProps {
  readonly one: ExceptionDetail;
  readonly act: ExceptionAct;
  readonly onClose: () => void;
}

interface Said {
  readonly why: string;
  readonly until: number | null;
  readonly evidence: string;
}

/** What is about to be said, in the one place where all of it is said. */
export function ExceptionActDialog({ one, act, onClose }: ExceptionActDialogProps) {
  const [said, setSaid] = useState<Said>({ why: '', until: Date.parse(one.until), evidence: '' });
  const put = (change: Partial<Said>): void => setSaid({ ...said, ...change });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const formId = useId();
  const titleId = useId();
  const leadId = useId();
  const text = textOf(act, one.state);
  const send = useMutation({
    mutationFn: () => perform(one, act, said),
    onSuccess: async ({ id }) => {
      onClose();
      if (id !== one.id) await navigate({ to: '/exceptions/$id', params: { id } });
      await queries.invalidateQueries();
    },
  });
  const stopped = one.barred[act] ?? whyNot(act, said);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped === null && !send.isPending) send.mutate();
  };
  return (
    <Modal variant="medium" isOpen onClose={onClose} aria-labelledby={titleId} aria-describedby={leadId}>
      <ModalHeader title={text.title} description={text.lead} labelId={titleId} descriptorId={leadId} />
      <ModalBody>
        <Form id={formId} onSubmit={submit}>
          {send.isError && <Failed error={send.error} />}
          {act === 'agree' ? <Words one={one} /> : <Fields act={act} said={said} put={put} />}
        </Form>
      </ModalBody>
      <ModalFooter>
        <div className="ps-form-actions">
          <Action
            variant={act === 'refuse' || act === 'end' ? 'danger' : 'primary'}
            disabledReason={stopped}
            busy={send.isPending ? text.busy : null}
            submit
            form={formId}
          >
            {text.sure}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onClose}>
            {words.cancel}
          </Action>
        </div>
      </ModalFooter>
    </Modal>
  );
}

/** What one agrees to, once more. */
function Words({ one: { title, owner, why, control, until } }: { readonly one: ExceptionDetail }) {
  return (
    <dl className="ps-detail-facts">
      <Fact term={title}>
        <span className="ps-break">
          {strings.exceptions.ownedBy(owner)}: {why} {control}
        </span>
      </Fact>
      <Fact term={words.until}>
        <Clock at={until} />
      </Fact>
    </dl>
  );
}

interface FieldsProps {
  readonly act: ExceptionAct;
  readonly said: Said;
  readonly put: (change: Partial<Said>) => void;
}

function Fields({ act, said, put }: FieldsProps) {
  return (
    <>
      <LongTextField
        label={words.why}
        help={words.whyHelp}
        value={said.why}
        onChange={(why) => put({ why })}
        required
        focused
        charactersMax={WORDS_CHARACTERS_MAX}
      />
      {act === 'renew' && (
        <>
          <MomentField label={words.until} value={said.until} onChange={(until) => put({ until })} />
          <TextField
            label={words.evidence}
            help={words.evidenceHelp}
            value={said.evidence}
            onChange={(evidence) => put({ evidence })}
            charactersMax={WORDS_CHARACTERS_MAX}
          />
        </>
      )}
    </>
  );
}

function whyNot(act: ExceptionAct, { why, until }: Said): string | null {
  if (act !== 'agree' && why.trim() === '') return words.whyFirst;
  return act === 'renew' && until === null ? words.untilFirst : null;
}

function textOf(act: ExceptionAct, state: ExceptionDetail['state']) {
  switch (act) {
    case 'agree':
      return { title: words.agreeTitle, lead: words.agreeLead, sure: words.agreeSure, busy: words.agreeing };
    case 'refuse':
      return { title: words.refuseTitle, lead: words.refuseLead, sure: words.refuseSure, busy: words.sending };
    case 'renew':
      return { title: words.renewTitle, lead: words.renewLead, sure: words.renewSure, busy: words.sending };
    case 'end':
      return state === 'requested'
        ? { title: words.withdrawTitle, lead: words.withdrawLead, sure: words.withdrawSure, busy: words.sending }
        : { title: words.revokeTitle, lead: words.revokeLead, sure: words.revokeSure, busy: words.sending };
  }
}

function perform({ id, until: before }: ExceptionDetail, act: ExceptionAct, said: Said) {
  const params = { id };
  const why = said.why.trim();
  switch (act) {
    case 'agree':
      return call('exception.agree', { params });
    case 'refuse':
      return call('exception.refuse', { params, body: { why } });
    case 'end':
      return call('exception.revoke', { params, body: { why } });
    case 'renew': {
      const until = said.until === null ? before : new Date(said.until).toISOString();
      return call('exception.renew', { params, body: { why, until, evidence: said.evidence.trim() || null } });
    }
  }
}
