import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { type ReactNode, useId } from 'react';
import { Action } from './action.tsx';
import { Failed } from './states.tsx';

interface QuestionProps {
  readonly title: string;
  readonly children: ReactNode;
  /** The words of the button that does it, and while it runs. */
  readonly act: string;
  readonly busy: string | null;
  /** Why it cannot be done yet. */
  readonly stopped?: string | null;
  readonly keep: string;
  readonly error: unknown;
  readonly onAct: () => void;
  readonly onClose: () => void;
}

/** Asks once more before something that cannot simply be taken back, and says what follows from it. */
export function Question({ title, children, act, busy, stopped = null, keep, error, onAct, onClose }: QuestionProps) {
  const titleId = useId();
  return (
    <Modal variant="small" isOpen onClose={onClose} aria-labelledby={titleId}>
      <ModalHeader title={title} labelId={titleId} />
      <ModalBody>
        {children}
        {error !== null && error !== undefined && <Failed error={error} />}
      </ModalBody>
      <ModalFooter>
        <div className="ps-form-actions">
          <Action variant="danger" disabledReason={stopped} busy={busy} onAct={onAct}>
            {act}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onClose}>
            {keep}
          </Action>
        </div>
      </ModalFooter>
    </Modal>
  );
}
