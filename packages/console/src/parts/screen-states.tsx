import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { strings } from '../platform/strings.ts';
import { Empty, Failed, Loading } from './states.tsx';

export function PendingScreen() {
  return <Loading />;
}

export function FailedScreen({ error, reset }: ErrorComponentProps) {
  return (
    <main className="ps-lone">
      <Failed error={error} onAgain={reset} />
    </main>
  );
}

export function NotFoundScreen() {
  return (
    <main className="ps-lone">
      <Empty title={strings.failure.notFound} level="h1" action={<Link to="/">{strings.failure.toStart}</Link>}>
        {strings.failure.notFoundWhatToDo}
      </Empty>
    </main>
  );
}
