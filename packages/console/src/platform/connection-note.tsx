import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { WarningIcon } from '../parts/icons.ts';
import { call } from './client.ts';
import { useFailingSince } from './connection.ts';
import { useNow } from './now.ts';
import { strings } from './strings.ts';
import { duration } from './time.ts';

/** Often enough that a person notices the return at once, seldom enough for a server that is starting. */
const ASK_AGAIN_MS = 5_000;
const MINUTE_MS = 60_000;

/** Says that the server does not answer, asks it again, and loads everything anew when it does. */
export function ConnectionNote() {
  const since = useFailingSince();
  const now = useNow();
  const queries = useQueryClient();
  const failing = since !== null;

  useEffect(() => {
    if (!failing) return;
    const timer = setInterval(() => {
      // A failure keeps the note; there is nothing else to do with it.
      call('health.live', {}).then(
        () => queries.invalidateQueries(),
        () => undefined,
      );
    }, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [failing, queries]);

  if (since === null) return null;
  return (
    <div className="ps-connection" role="status">
      <WarningIcon />
      <p>
        <strong>
          {now - since < MINUTE_MS ? strings.shell.offline : strings.shell.offlineFor(duration(now - since))}
        </strong>{' '}
        {strings.shell.offlineWhatToDo}
      </p>
    </div>
  );
}
