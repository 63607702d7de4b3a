import { strings } from '../platform/strings.ts';
import { Clock } from './clock.tsx';
import { WarningIcon } from './icons.ts';

/** A list over the fleet that does not show everything yet says so; null: it does. */
export function CountingNote({ since }: { readonly since: string | null }) {
  if (since === null) return null;
  return (
    <p className="ps-left-out-note ps-warn">
      <WarningIcon /> {strings.list.counting} <Clock at={since} form="relative" />
    </p>
  );
}
