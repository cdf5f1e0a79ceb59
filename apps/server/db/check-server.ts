// Whether a server, and what we may do on it, is what Laurel needs: asked before anything is made.

import type pg from 'pg'
import { applicationRole } from './application-role.ts'
import { connectionsNeeded } from './connections.ts'
import { DatabaseFailure } from './database-failure.ts'

const oldestMajor = 15
export const newestMajor = 18
const ownSchemas = ['laurel_jobs', 'sign_in', 'member_sign_in']

export async function checkServer(client: pg.Client) {
  const { rows } = await client.query<{ version: string; encoding: string; commits: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
            current_setting('synchronous_commit') AS commits`,
  )
  // Distributions append their own words: `16.3 (Debian 16.3-1)`.
  const version = rows[0]?.version.split(' ')[0] ?? ''
  if (Number.parseInt(version, 10) < oldestMajor) {
    throw new DatabaseFailure(
      'database-too-old',
      `PostgreSQL ${version} is too old: Laurel needs ${oldestMajor} to ${newestMajor}.`,
    )
  }
  const { encoding, commits } = rows[0] ?? {}
  if (encoding === 'UTF8') return { serverVersion: version, commits }
  throw new DatabaseFailure(
    'database-encoding',
    `The database's encoding is ${encoding}: Laurel needs UTF8. Create it with ENCODING 'UTF8' TEMPLATE template0.`,
  )
}

/** By the list of its migrations, which is the first thing that it makes. */
export async function checkLaurel(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ database: string; found: boolean }>(
    `SELECT current_database() AS database, to_regclass('laurel_migration') IS NOT NULL AS found`,
  )
  const [found] = rows
  if (found === undefined || found.found) return
  throw new DatabaseFailure('database-without-laurel', `there is no Laurel in the database ${found.database}`)
}

/** Since PostgreSQL 15 only who owns a database may create in its `public`, unless it is granted. */
export async function checkSchema(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ schema: string | null; user: string; path: string; may: boolean | null }>(
    `SELECT quote_ident(current_schema()) AS schema, quote_ident(current_user) AS user,
            current_setting('search_path') AS path, has_schema_privilege(current_schema(), 'CREATE') AS may`,
  )
  const [found] = rows
  if (found === undefined) return
  const { schema, user, path } = found
  if (found.may === true) return await checkOwnSchemas(client, user)
  throw new DatabaseFailure(
    'database-schema',
    schema === null
      ? `The search_path ${path === '' ? 'is empty: it' : `(${path})`} names no schema that ${user} may use. ` +
          `Set one in which it may create: ALTER ROLE ${user} SET search_path = public; and as the owner of that schema, ` +
          `GRANT USAGE, CREATE ON SCHEMA public TO ${user};`
      : `The user ${user} may not create tables in the schema ${schema}. As the owner of the schema, or a superuser, in this ` +
          `database: GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${user};`,
  )
}

/** Jobs and sign-in have schemas of their own, which only who may create in the database can make. */
async function checkOwnSchemas(client: pg.Client, user: string): Promise<void> {
  const { rows } = await client.query<{ database: string; may: boolean }>(
    `SELECT quote_ident(current_database()) AS database,
            has_database_privilege(current_database(), 'CREATE') OR $1 <@ ARRAY(SELECT nspname::text FROM pg_namespace) AS may`,
    [ownSchemas],
  )
  const [found] = rows
  if (found === undefined || found.may) return
  throw new DatabaseFailure(
    'database-schema',
    `The user ${user} may not create schemas (${ownSchemas.join(', ')}) in the database ${found.database}. As its owner, or a ` +
      `superuser: GRANT CREATE ON DATABASE ${found.database} TO ${user};`,
  )
}

/** A schema of one's own is closed to everybody else, and to the role that serves requests. */
export async function checkApplicationSchema(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ schema: string; may: boolean }>(
    `SELECT quote_ident(current_schema()) AS schema, has_schema_privilege($1, current_schema(), 'USAGE') AS may`,
    [applicationRole],
  )
  const [found] = rows
  if (found === undefined || found.may) return
  throw new DatabaseFailure(
    'database-schema',
    `The role ${applicationRole}, which serves requests, may not use the schema ${found.schema}. As the owner of the schema: ` +
      `GRANT USAGE ON SCHEMA ${found.schema} TO ${applicationRole};`,
  )
}

/** A standby, or who may only read: found out before the first thing is to be written. */
export async function checkWrites(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ standby: boolean; reads: string; user: string; database: string }>(
    `SELECT pg_is_in_recovery() AS standby, current_setting('transaction_read_only') AS reads, quote_ident(current_user) AS user,
            quote_ident(current_database()) AS database`,
  )
  const [found] = rows
  if (found === undefined || (!found.standby && found.reads !== 'on')) return
  const { user, database } = found
  throw new DatabaseFailure(
    'database-read-only',
    found.standby
      ? 'The database is a standby, which takes no writes: name its primary in DATABASE_URL.'
      : `The database takes no writes of ${user}: its default_transaction_read_only is on. ALTER ROLE ${user} SET ` +
          `default_transaction_read_only = off; and where it is the database that is set so, ALTER DATABASE ${database} SET ` +
          'default_transaction_read_only = off; or name another user in DATABASE_URL.',
  )
}

/** A connection that is refused in the middle of the day is an order that is turned away. */
export async function checkConnections(client: pg.Client): Promise<void> {
  // Superusers are let in beyond the limits of a role and of a database; both are -1 where there is none.
  const { rows } = await client.query<
    Record<'user' | 'database', string> & Record<'ofRole' | 'ofDatabase' | 'ofServer', number>
  >(
    `SELECT quote_ident(rolname) AS user, quote_ident(datname) AS database,
            CASE WHEN rolsuper THEN -1 ELSE rolconnlimit END AS "ofRole",
            CASE WHEN rolsuper THEN -1 ELSE datconnlimit END AS "ofDatabase",
            (SELECT sum(CASE name WHEN 'max_connections' THEN 1 ELSE -1 END * setting::int)::int FROM pg_settings
             WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections')) AS "ofServer"
     FROM pg_roles, pg_database WHERE rolname = session_user AND datname = current_database()`,
  )
  const [found] = rows
  if (found === undefined) return
  const isTooFew = (limit: number) => limit >= 0 && limit < connectionsNeeded
  const { user, database, ofRole, ofDatabase, ofServer } = found
  const tooFew = isTooFew(ofRole)
    ? `The user ${user} may have ${ofRole}: ALTER ROLE ${user} CONNECTION LIMIT ${connectionsNeeded};`
    : isTooFew(ofDatabase)
      ? `The database ${database} lets in ${ofDatabase}: ALTER DATABASE ${database} CONNECTION LIMIT ${connectionsNeeded};`
      : isTooFew(ofServer)
        ? `The server lets in ${ofServer}: raise max_connections, and restart it.`
        : null
  if (tooFew === null) return
  throw new DatabaseFailure(
    'database-connections',
    `One Laurel on this machine may need ${connectionsNeeded} connections to the database at once. ${tooFew} So many for each ` +
      'Laurel that shares it.',
  )
}
