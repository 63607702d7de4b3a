import { useSession } from './session.ts';
import { strings } from './strings.ts';

/** Always there in a demo, and nowhere else: nobody must take what is invented for a fleet of theirs. */
export function DemoNote() {
  if (useSession()?.demo === undefined) return null;
  return (
    <p className="ps-demo" title={strings.demo.noteWhy}>
      {strings.demo.note}
    </p>
  );
}
