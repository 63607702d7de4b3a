import pg from 'pg';
import { DATABASE_NAME, DATABASE_ROLE, SOCKET_PORT, SUPERUSER_ROLE } from './files.ts';

/** Role and database, made once. Every step may be run again after a crash between two of them. */
export async function provision(sockets: string): Promise<void> {
  const client = new pg.Client({ host: sockets, port: SOCKET_PORT, user: SUPERUSER_ROLE, database: 'postgres' });
  // A connection that breaks between two queries is told by the next one.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const roles = await client.query('select 1 from pg_roles where rolname = $1', [DATABASE_ROLE]);
    if (roles.rowCount === 0) await client.query(`create role ${DATABASE_ROLE} login`);
    const databases = await client.query('select 1 from pg_database where datname = $1', [DATABASE_NAME]);
    if (databases.rowCount === 0) {
      await client.query(`create database ${DATABASE_NAME} owner ${DATABASE_ROLE} template template0 encoding 'UTF8'`);
    }
  } finally {
    await client.end();
  }
}
