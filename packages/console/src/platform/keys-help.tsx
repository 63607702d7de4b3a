import { lazy, Suspense, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { UnknownIcon } from '../parts/icons.ts';
import { type Shortcut, shortcutsNow, useShortcut } from './keys.ts';
import { strings } from './strings.ts';

const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }));

/** Shows what can be pressed, asked for with `?` or here. */
export function KeysHelp() {
  const [shown, setShown] = useState<readonly Shortcut[] | null>(null);
  const open = (): void => setShown(shortcutsNow());
  useShortcut('?', strings.keys.help, open);

  return (
    <>
      <Action variant="plain" disabledReason={null} label={strings.shell.keys} icon={<UnknownIcon />} onAct={open}>
        {null}
      </Action>
      {shown !== null && (
        <Suspense>
          <KeysDialog shortcuts={shown} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </>
  );
}
