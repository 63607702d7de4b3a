import type { DatabaseAddress } from '../connections.ts';
import type { Handlers } from '../http/bind.ts';
import type { Log } from '../log.ts';
import { listenForChanges } from './listen.ts';
import { LiveStreams } from './streams.ts';

export type LiveRouteId = 'event.stream';

/** How people hear of changes as they happen: from the commit on any server to the windows of the console. */
export function openLive(address: DatabaseAddress, log: Log) {
  // The seconds between two messages are those of the machine, whatever time the house tells.
  const streams = new LiveStreams(() => performance.now(), log);
  const changes = listenForChanges({ address, log, onChange: (words) => streams.tell(words) });
  const routes: Handlers<LiveRouteId> = {
    'event.stream': async ({ principal, stillAdmitted }) => {
      // Whoever holds the socket of the machine counts as one person.
      const person = principal.kind === 'person' ? principal.id : 'local';
      return streams.open({ person, stillAdmitted });
    },
  };
  return {
    routes,
    /** Before the listeners close: they wait for every answer to end. */
    endStreams: () => streams.close(),
    close: changes.close,
  };
}
