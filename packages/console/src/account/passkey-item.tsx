import type { Passkey } from '@patchsteward/contract';
import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ComponentType, type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { CopyLine } from '../parts/copy-line.tsx';
import { TextField } from '../parts/field.tsx';
import { ClockIcon, EditIcon, GoodIcon, RevokedIcon } from '../parts/icons.ts';
import { Question } from '../parts/question.tsx';
import { Reason } from '../parts/reason.tsx';
import { Failed } from '../parts/states.tsx';
import { Tag, type Tone } from '../parts/tag.tsx';
import { call } from '../platform/client.ts';
import { passkeysQuery } from '../platform/signing.ts';
import { strings } from '../platform/strings.ts';

const words = strings.account.passkeys;
const LABEL_CHARACTERS_MAX = 64;

const STATES = {
  'in-root': { tone: 'good', icon: GoodIcon },
  waiting: { tone: 'warning', icon: ClockIcon },
  leaving: { tone: 'warning', icon: RevokedIcon },
} as const satisfies Record<Passkey['state'], { tone: Tone; icon: ComponentType }>;

/** One passkey: whether it counts, and what an administrator runs so that it does. */
export function PasskeyItem({ passkey }: { readonly passkey: Passkey }) {
  const [doing, setDoing] = useState<'renaming' | 'removing' | null>(null);
  const { tone, icon } = STATES[passkey.state];
  const close = (): void => setDoing(null);
  return (
    <li className="ps-panel ps-passkey">
      <div className="ps-passkey-head">
        <h3>{passkey.label}</h3>
        <Tag tone={tone} icon={icon}>
          {words.state[passkey.state]}
        </Tag>
        {passkey.state !== 'leaving' && (
          <span className="ps-passkey-acts">
            <Action
              small
              label={`${words.rename}: ${passkey.label}`}
              disabledReason={null}
              icon={<EditIcon />}
              onAct={() => setDoing('renaming')}
            >
              {words.rename}
            </Action>
            <Action
              small
              label={`${words.remove}: ${passkey.label}`}
              disabledReason={null}
              onAct={() => setDoing('removing')}
            >
              {words.remove}
            </Action>
          </span>
        )}
      </div>
      <p className="ps-subtle">
        {words.facts(words.algorithm[passkey.algorithm], passkey.site)} {words.created}{' '}
        <Clock at={passkey.createdAt} form="relative" />
        {', '}
        {passkey.lastUsedAt === null ? (
          words.neverUsed
        ) : (
          <>
            {words.lastUsed} <Clock at={passkey.lastUsedAt} form="relative" />
          </>
        )}
      </p>
      <p className="ps-subtle">
        {words.keyId} <code className="ps-keyid">{passkey.keyid}</code>
      </p>
      {passkey.reason !== null && <Reason reason={passkey.reason} />}
      {passkey.command !== null && (
        <>
          <p>{words.commandLead}</p>
          <CopyLine label={words.command} text={passkey.command} />
        </>
      )}
      {doing === 'renaming' && <Rename passkey={passkey} onClose={close} />}
      {doing === 'removing' && <Remove passkey={passkey} onClose={close} />}
    </li>
  );
}

interface DoingProps {
  readonly passkey: Passkey;
  readonly onClose: () => void;
}

function Rename({ passkey, onClose }: DoingProps) {
  const [label, setLabel] = useState(passkey.label);
  const queries = useQueryClient();
  const rename = useMutation({
    mutationFn: () => call('passkey.rename', { params: { id: passkey.id }, body: { label: label.trim() } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: passkeysQuery.queryKey });
      onClose();
    },
  });
  const reason = label.trim() === '' ? words.labelMissing : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason === null && !rename.isPending) rename.mutate();
  };
  return (
    <Form onSubmit={submit}>
      {rename.isError && <Failed error={rename.error} />}
      <TextField
        label={words.newLabel}
        value={label}
        onChange={setLabel}
        charactersMax={LABEL_CHARACTERS_MAX}
        focused
      />
      <div className="ps-form-actions">
        <Action variant="primary" submit disabledReason={reason} busy={rename.isPending ? words.saving : null}>
          {words.save}
        </Action>
        <Action variant="link" disabledReason={null} onAct={onClose}>
          {words.keepLabel}
        </Action>
      </div>
    </Form>
  );
}

function Remove({ passkey, onClose }: DoingProps) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call('passkey.remove', { params: { id: passkey.id } }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: passkeysQuery.queryKey });
    },
  });
  return (
    <Question
      title={words.removeQuestion(passkey.label)}
      act={words.remove}
      busy={remove.isPending ? words.removing : null}
      keep={words.keep}
      error={remove.error}
      onAct={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{passkey.state === 'in-root' ? words.removeInRoot : words.removeWaiting}</p>
    </Question>
  );
}
