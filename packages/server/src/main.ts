import { once } from 'node:events';
import { type StartOptions, startServer } from './start.ts';

/** What a person needs to know of a server that just started. */
export interface Ready {
  readonly console: string;
  /** Makes the first account: works once, and until the next start. null once there is one. */
  readonly firstRun: string | null;
  readonly data: string;
  /** Where hosts come in, once the first of them may. */
  readonly agentsPort: number;
}

export interface ServeOptions extends StartOptions {
  /** Aborted when the server is to stop: requests in flight finish, then everything is closed. */
  readonly signal: AbortSignal;
  readonly onReady: (ready: Ready) => Promise<void>;
}

/** Runs the server until it is told to stop. Throws a StartRefusal where it cannot start. */
export async function serve(options: ServeOptions): Promise<void> {
  const server = await startServer(options);
  try {
    await options.onReady({
      console: server.consoleUrl,
      firstRun: server.firstRunUrl ?? null,
      data: server.settings.data,
      agentsPort: server.settings.agents.port,
    });
    // Whoever asked while it was still starting has been heard.
    if (!options.signal.aborted) await once(options.signal, 'abort');
  } finally {
    await server.close();
  }
}
