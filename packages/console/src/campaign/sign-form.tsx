import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { CopyLine } from '../parts/copy-line.tsx';
import { WarningIcon } from '../parts/icons.ts';
import { Failed } from '../parts/states.tsx';
import { canSign, passkeysQuery, SigningStopped } from '../platform/signing.ts';
import { strings } from '../platform/strings.ts';
import { OtherWordError } from './signing-parts.ts';
import { useCampaignChange } from './use-campaign-change.ts';

const words = strings.campaign.act;

interface SignFormProps {
  readonly campaign: string;
  readonly button: string;
  /** Why it cannot be signed yet; null where the form is complete. */
  readonly missing: string | null;
  /** The same on the command line; null while the form is not complete, or where there is no command. */
  readonly command: string | null;
  /** Signs and sends; `state` is null where others must say the same first. */
  readonly sign: () => Promise<{ readonly state: string | null }>;
  readonly onDone: () => void;
  readonly children: ReactNode;
}

/** Whatever is signed: filled in here, then signed by passkey, or on the command line with a key of one's own. */
export function SignForm({ campaign, button, missing, command, sign, onDone, children }: SignFormProps) {
  const formId = useId();
  const [waits, setWaits] = useState(false);
  const passkeys = useQuery(passkeysQuery);
  const signing = useCampaignChange(campaign, sign, ({ state }) => {
    if (state === null) setWaits(true);
    else onDone();
  });
  const able = passkeys.data === undefined ? null : canSign(passkeys.data);
  const unable = able?.ok === false ? able.sentence : null;
  const loading = passkeys.isPending ? strings.list.loading : null;
  const failed = passkeys.isError ? strings.failure.unreachable.title : null;
  const stopped = missing ?? unable ?? loading ?? failed;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped === null && !signing.isPending) signing.mutate();
  };
  return (
    <>
      <ModalBody>
        <Form id={formId} onSubmit={submit}>
          {signing.isError && <SigningFailed error={signing.error} />}
          {waits && (
            <p className="ps-done" role="status">
              {words.signed}
            </p>
          )}
          {children}
        </Form>
        {unable !== null && <p className="ps-note">{unable}</p>}
        <CommandLine command={command} missing={missing} only={unable !== null} />
      </ModalBody>
      <ModalFooter>
        <div className="ps-form-actions">
          <Action
            variant="primary"
            disabledReason={stopped}
            busy={signing.isPending ? words.signing : null}
            submit
            form={formId}
          >
            {button}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onDone}>
            {words.cancel}
          </Action>
        </div>
      </ModalFooter>
    </>
  );
}

/** What stopped a signature is told in its own words: it is no failure of the server. */
function SigningFailed({ error }: { readonly error: Error }) {
  if (!(error instanceof SigningStopped) && !(error instanceof OtherWordError)) return <Failed error={error} />;
  return (
    <div className="ps-conflict" role="alert">
      <WarningIcon />
      <p>{error.message}</p>
    </div>
  );
}

interface CommandLineProps {
  readonly command: string | null;
  readonly missing: string | null;
  /** It is the only way for this person. */
  readonly only: boolean;
}

function CommandLine({ command, missing, only }: CommandLineProps) {
  if (command === null && missing === null) return null;
  const line =
    command === null ? (
      <p className="ps-subtle">{words.commandMissing}</p>
    ) : (
      <CopyLine label={words.onTheCommandLine} text={command} />
    );
  if (only) {
    return (
      <section className="ps-command">
        <p>{words.commandOnly}</p>
        {line}
      </section>
    );
  }
  return (
    <details className="ps-command">
      <summary>{words.onTheCommandLine}</summary>
      <p className="ps-subtle">{words.commandHelp}</p>
      {line}
    </details>
  );
}
