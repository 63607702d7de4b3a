import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { useState } from 'react';
import { type Shortcut, singleKeysOn, turnSingleKeys } from './keys.ts';
import { strings } from './strings.ts';

interface KeysDialogProps {
  readonly shortcuts: readonly Shortcut[];
  readonly onClose: () => void;
}

/** What can be pressed on this screen. */
export function KeysDialog({ shortcuts, onClose }: KeysDialogProps) {
  const [on, setOn] = useState(singleKeysOn);
  return (
    <Modal variant="small" isOpen onClose={onClose} aria-labelledby="keys-title" className="ps-keys">
      <ModalHeader title={strings.keys.title} labelId="keys-title" />
      <ModalBody>
        <dl>
          {shortcuts.map((shortcut) => (
            <div key={shortcut.keys}>
              <dt>
                <Keys keys={shortcut.keys} />
              </dt>
              <dd>{shortcut.label}</dd>
            </div>
          ))}
          <div>
            <dt>
              <kbd>↑</kbd> <kbd>↓</kbd>
            </dt>
            <dd>{strings.keys.arrows}</dd>
          </div>
          <div>
            <dt>
              <kbd>Enter</kbd>
            </dt>
            <dd>{strings.keys.open}</dd>
          </div>
        </dl>
        <label className="ps-check">
          <input
            type="checkbox"
            checked={on}
            onChange={(event) => {
              turnSingleKeys(event.target.checked);
              setOn(event.target.checked);
            }}
          />
          {strings.keys.singleKeys}
        </label>
        <p className="ps-subtle">{strings.keys.singleKeysHelp}</p>
      </ModalBody>
    </Modal>
  );
}

function Keys({ keys }: { readonly keys: string }) {
  const [first, second] = keys.split(' ');
  if (second === undefined) return <kbd>{first}</kbd>;
  return (
    <>
      <kbd>{first}</kbd> {strings.keys.andThen} <kbd>{second}</kbd>
    </>
  );
}
