import type { AssetsChanged } from '@patchsteward/contract';
import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { GoodIcon } from '../parts/icons.ts';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { sendUntilDone } from './bulk-send.ts';
import { fieldLabel } from './fields-form.tsx';

const words = strings.bulk;

interface BulkDialogProps {
  readonly title: string;
  readonly lead: string;
  /** The form; once it was previewed only what follows from it is shown. */
  readonly children: ReactNode;
  /** Why nothing can be sent yet. */
  readonly stopped: string | null;
  readonly act: (count: number) => string;
  readonly nothing: string;
  readonly send: (key: string, preview: boolean) => Promise<AssetsChanged>;
  readonly onClose: () => void;
}

type Stage =
  | { readonly kind: 'form' }
  | { readonly kind: 'preview'; readonly seen: AssetsChanged }
  | { readonly kind: 'done'; readonly done: AssetsChanged };

/** A change of many: what it would do, how far it is, what it did, and the way back. */
export function BulkDialog(props: BulkDialogProps) {
  const { title, lead, children, stopped, act, nothing, send, onClose } = props;
  const titleId = useId();
  const [stage, setStage] = useState<Stage>({ kind: 'form' });
  const [progress, setProgress] = useState<AssetsChanged | null>(null);
  // One key for one wish: pressing the button again after a failure goes on where it stopped.
  const [keys, setKeys] = useState(newKeys);
  const queries = useQueryClient();
  const forbidden = useForbidden('operator');
  const finish = async (done: AssetsChanged): Promise<void> => {
    setStage({ kind: 'done', done });
    setProgress(null);
    await queries.invalidateQueries({ queryKey: ['assets'] });
    void queries.invalidateQueries({ queryKey: ['asset'] });
    void queries.invalidateQueries({ queryKey: ['groups'] });
  };
  const look = useMutation({
    mutationFn: () => send(keys.change, true),
    onSuccess: (seen) => setStage({ kind: 'preview', seen }),
  });
  const change = useMutation({
    mutationFn: () => sendUntilDone(() => send(keys.change, false), setProgress),
    onSuccess: finish,
  });
  const undo = useMutation({
    mutationFn: (id: string) =>
      sendUntilDone(() => call('asset.undo-many', { params: { id }, body: { key: keys.undo } }), setProgress),
    onSuccess: finish,
  });
  const running = change.isPending || undo.isPending;
  const far = progress === null ? null : words.running(progress.total - progress.remaining, progress.total);
  const failed = look.error ?? change.error ?? undo.error;
  const back = (): void => {
    setKeys(newKeys());
    change.reset();
    setStage({ kind: 'form' });
  };

  return (
    <Modal variant="medium" isOpen onClose={() => !running && onClose()} aria-labelledby={titleId}>
      <ModalHeader title={title} description={lead} labelId={titleId} />
      <ModalBody>
        {stage.kind === 'form' && children}
        {stage.kind === 'preview' && <Seen seen={stage.seen} nothing={nothing} />}
        {stage.kind === 'done' && <Done done={stage.done} />}
        {far !== null && <p role="status">{far}</p>}
        {failed !== null && <Failed error={failed} />}
      </ModalBody>
      <ModalFooter>
        <div className="ps-form-actions">
          {stage.kind === 'form' && (
            <Action
              variant="primary"
              disabledReason={forbidden ?? stopped}
              busy={look.isPending ? words.previewing : null}
              onAct={() => look.mutate()}
            >
              {words.preview}
            </Action>
          )}
          {stage.kind === 'preview' && (
            <>
              <Action
                variant="primary"
                disabledReason={stage.seen.changed === 0 ? nothing : null}
                busy={running ? (far ?? strings.facts.saving) : null}
                onAct={() => change.mutate()}
              >
                {act(stage.seen.changed)}
              </Action>
              <Action disabledReason={running ? (far ?? strings.facts.saving) : null} onAct={back}>
                {words.back}
              </Action>
            </>
          )}
          {stage.kind === 'done' && stage.done.kind !== 'undo' && stage.done.changed > 0 && (
            <Action
              disabledReason={null}
              busy={undo.isPending ? (far ?? words.undoing) : null}
              onAct={() => undo.mutate(stage.done.id)}
            >
              {words.undo}
            </Action>
          )}
          <Action variant="link" disabledReason={running ? (far ?? strings.facts.saving) : null} onAct={onClose}>
            {stage.kind === 'done' ? words.close : words.cancel}
          </Action>
        </div>
      </ModalFooter>
    </Modal>
  );
}

function newKeys() {
  return { change: newKey(), undo: newKey() };
}

/** crypto.randomUUID is not there where the console is reached by plain HTTP from another machine. // RFC 9562 §5.4 */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const [six = 0, eight = 0] = [bytes[6], bytes[8]];
  bytes[6] = (six & 0x0f) | 0x40;
  bytes[8] = (eight & 0x3f) | 0x80;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

function Seen({ seen, nothing }: { readonly seen: AssetsChanged; readonly nothing: string }) {
  return (
    <>
      <p role="status">{seen.changed === 0 ? nothing : words.willChange(seen.changed, seen.unchanged, seen.refused)}</p>
      {seen.keptByHand > 0 && <p>{strings.rules.kept(seen.keptByHand)}</p>}
      <Items items={seen.items} />
    </>
  );
}

function Done({ done }: { readonly done: AssetsChanged }) {
  const refused = done.items.filter(({ outcome }) => outcome === 'refused');
  return (
    <>
      <div className="ps-done" role="status">
        <GoodIcon />
        <p>
          {done.kind === 'undo'
            ? words.undone(done.changed, done.refused)
            : words.result(done.changed, done.unchanged, done.refused)}
        </p>
      </div>
      <Items items={refused} />
    </>
  );
}

function Items({ items }: { readonly items: AssetsChanged['items'] }) {
  if (items.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the list scrolls, and the keyboard must reach it // WCAG 2.1.1
    <ul className="ps-bulk-items" tabIndex={0} aria-label={words.some}>
      {items.map(({ assetId, name, sentence, changes }) => (
        <li key={assetId}>
          <strong>{name ?? assetId}</strong>{' '}
          <span className="ps-subtle">
            {sentence ??
              changes
                .map(({ field, before, after }) => `${fieldLabel(field)}: ${words.from(before, after)}`)
                .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
