import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import type { ClusterAddress } from './cluster/cluster.ts';
import { columnTypes } from './column-types.ts';
import { DatabaseGone } from './database-failure.ts';
import type { Log } from './log.ts';
import { PreparedNames } from './prepared-names.ts';

/** Where the database is: the supervised cluster's socket, or a URL given by the administrator. */
export type DatabaseAddress = ClusterAddress | { readonly url: string };

/** Connections of one server; requests beyond wait their turn. Far below max_connections even with several servers. */
const CONNECTIONS_MAX = 12;
const CONNECT_MS_MAX = 5_000;
const IDLE_MS_MAX = 60_000;
/** No statement of a request may run longer; an import says so where it needs more. */
const STATEMENT_MS_MAX = 30_000;
/** Waiting longer for a row means that somebody holds it for ever. */
const LOCK_MS_MAX = 10_000;
/** A transaction that forgot to end must not hold its locks and its snapshot. */
const IDLE_IN_TRANSACTION_MS_MAX = 60_000;

export interface ConnectionOptions {
  readonly connectionsMax?: number;
  readonly connectMsMax?: number;
  readonly statementMsMax?: number;
  readonly lockMsMax?: number;
}

export function openPool(address: DatabaseAddress, log: Log, options: ConnectionOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    ...('url' in address ? { connectionString: address.url } : address),
    application_name: 'patchsteward',
    max: options.connectionsMax ?? CONNECTIONS_MAX,
    connectionTimeoutMillis: options.connectMsMax ?? CONNECT_MS_MAX,
    idleTimeoutMillis: IDLE_MS_MAX,
    statement_timeout: options.statementMsMax ?? STATEMENT_MS_MAX,
    lock_timeout: options.lockMsMax ?? LOCK_MS_MAX,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS_MAX,
    options: '-c timezone=UTC -c datestyle=ISO',
    types: columnTypes,
  });
  // An idle connection that breaks has no query to fail: without a listener the process would end.
  // One that breaks while the pool closes was leaving anyway.
  pool.on('error', (error) => log[pool.ending ? 'debug' : 'warn']({ err: error }, 'an idle database connection broke'));
  // The pool listens only while a connection is idle; for whoever uses one directly, the query that fails tells.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * The pool as the query builder sees it. What the driver throws for a broken connection has no code; here it becomes
 * DatabaseGone, told from a refused statement by its class and by the state of the connection.
 */
export function guardedPool(pool: pg.Pool): PostgresPool {
  const guards = new WeakMap<pg.PoolClient, GuardedClient>();
  // Guarded from its first moment: the last words of a dying database may come in one piece with the answer that lets
  // the connection in, before anybody who borrows it could listen.
  pool.on('connect', (client) => guards.set(client, new GuardedClient(client)));
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect().catch((error: unknown) => {
        throw error instanceof pg.DatabaseError ? error : new DatabaseGone(error);
      });
      const guard = guards.get(client);
      if (guard === undefined) throw new Error('guard a pool before its first connection');
      return guard;
    },
  };
}

/**
 * What a statement with a name fails by, and not by what it asks: a column was added below a `*`, a pooler gave the connection
 * to somebody else in between, several statements stand in one text. // PostgreSQL, Appendix A
 */
const NAME_CODES: ReadonlySet<string | undefined> = new Set(['0A000', '26000', '42P05', '42601']);

const BEGINS = /^\s*(?:begin|start transaction)\b/i;

/** The same connections for statements that are asked again and again: the database keeps their plans. */
export function keptPlansPool(guarded: PostgresPool): PostgresPool {
  const names = new PreparedNames();
  return {
    options: guarded.options,
    end: () => Promise.resolve(),
    connect: async () => new KeptPlansClient((await guarded.connect()) as GuardedClient, names),
  };
}

class KeptPlansClient implements PostgresPoolClient {
  readonly #guard: GuardedClient;
  readonly #names: PreparedNames;
  #isInTransaction = false;

  constructor(guard: GuardedClient, names: PreparedNames) {
    this.#guard = guard;
    this.#names = names;
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(text: string | PostgresCursor<R>, parameters?: readonly unknown[]): unknown {
    return this.#ask<R>(statementOf(text), parameters ?? []);
  }

  async #ask<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    this.#isInTransaction ||= BEGINS.test(text);
    // A statement that fails ends its transaction, so that it could not be asked again without its name.
    const name = this.#isInTransaction ? null : this.#names.nameOf(text);
    if (name === null) return this.#guard.ask<R>(text, parameters);
    try {
      return await this.#guard.ask<R>(text, parameters, name);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || !NAME_CODES.has(error.code)) throw error;
      this.#names.drop(text);
      return this.#guard.ask<R>(text, parameters);
    }
  }

  release(): void {
    this.#guard.release();
  }
}

function statementOf(text: unknown): string {
  if (typeof text !== 'string') throw new TypeError('no cursors: read pages by key instead');
  return text;
}

class GuardedClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  #broken: Error | undefined;

  constructor(client: pg.PoolClient) {
    this.#client = client;
    client.on('error', (error: Error) => {
      this.#broken = error;
    });
    client.on('end', () => {
      this.#broken ??= new Error('the connection ended');
    });
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(text: string | PostgresCursor<R>, parameters?: readonly unknown[]): unknown {
    return this.ask<R>(statementOf(text), parameters ?? []);
  }

  /** `name`: the database keeps its plan. */
  async ask<R>(text: string, parameters: readonly unknown[], name?: string): Promise<PostgresQueryResult<R>> {
    const asked = { text, values: [...parameters], ...(name === undefined ? {} : { name }) };
    try {
      // The query builder declares the few commands it asks for, the driver any text.
      return (await this.#client.query(asked)) as unknown as PostgresQueryResult<R>;
    } catch (error) {
      if (error instanceof pg.DatabaseError) throw error;
      // The end of the connection is told just after its queries failed.
      await new Promise((resolve) => setImmediate(resolve));
      throw this.#broken === undefined ? error : new DatabaseGone(error);
    }
  }

  release(discard = false): void {
    this.#client.release(discard || this.#broken !== undefined);
  }
}
