import { OtherWordError } from '../campaign/signing-parts.ts';
import { DangerIcon } from '../parts/icons.ts';
import { Failed } from '../parts/states.tsx';
import { SigningStopped } from '../platform/signing.ts';

/** Nothing was signed: the device says why, or the server. */
export function SigningFailed({ error }: { readonly error: unknown }) {
  if (!(error instanceof SigningStopped) && !(error instanceof OtherWordError)) return <Failed error={error} />;
  return (
    <div className="ps-failed" role="alert">
      <DangerIcon />
      <p>{error.message}</p>
    </div>
  );
}
