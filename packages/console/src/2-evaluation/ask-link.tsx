import { Link } from '@tanstack/react-router';
import { strings } from '../platform/strings.ts';
import type { AskedAbout } from './exception-draft.ts';

/** From what cannot be patched in time to the form that asks for an answer to it. */
export function AskLink({ about }: { readonly about: AskedAbout }) {
  return (
    <p className="ps-ask-link">
      <Link to="/exceptions/new" search={about}>
        {strings.exceptions.ask.openFor}
      </Link>
    </p>
  );
}
