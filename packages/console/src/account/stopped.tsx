import { DangerIcon, WarningIcon } from '../parts/icons.ts';
import { Failed } from '../parts/states.tsx';
import { SigningStopped } from '../platform/signing.ts';

/** Why a passkey did nothing: a word for the reader where nothing is broken, and a failure where something is. */
export function Stopped({ error }: { readonly error: unknown }) {
  if (!(error instanceof SigningStopped)) return <Failed error={error} />;
  const Icon = error.why === 'canceled' ? WarningIcon : DangerIcon;
  return (
    <div className="ps-failed" role="alert">
      <Icon />
      <p>{error.message}</p>
    </div>
  );
}
