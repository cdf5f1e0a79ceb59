// The role that serves requests: it owns nothing, and may do only what the migrations grant it.

import type { Client } from 'pg'
import { codeOf } from './database-failure.ts'

export const applicationRole = 'laurel_app'

/**
 * `separate`: requests are served as `laurel_app`. `single`: the server does not let us make that role, so requests are
 * served as the owner of the schema, and append-only tables are so by custom, not by privilege.
 */
export type Roles = 'separate' | 'single'

// Any number will do, as long as all servers on one PostgreSQL agree: roles belong to the server, not to a database.
const roleLock = 0x6c61_7572

/** Makes the role where it is missing and may be made. Several servers may do this at once. */
export async function prepareApplicationRole(client: Client, password: string | undefined): Promise<Roles> {
  await client.query('BEGIN')
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [roleLock])
    await makeRole(client)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    const refused = codeOf(error) === '42501'
    if (!refused) throw error
  }
  const roles = await rolesOf(client)
  // Only an embedded server knows the password; elsewhere the role cannot sign in, it is assumed by the URL's user.
  if (roles === 'separate' && password !== undefined) {
    await client.query(`ALTER ROLE ${applicationRole} LOGIN PASSWORD '${password}'`)
  }
  return roles
}

async function makeRole(client: Client): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [applicationRole])
  if (found.rowCount === 0) await client.query(`CREATE ROLE ${applicationRole} NOLOGIN`)
  if (!(await mayAssume(client))) await client.query(`GRANT ${applicationRole} TO CURRENT_USER`)
}

async function mayAssume(client: Client): Promise<boolean> {
  // Before 16 whoever was a member could also assume the role.
  const { rows } = await client.query<{ may: boolean }>(
    `SELECT pg_has_role(current_user, $1, CASE WHEN current_setting('server_version_num')::int >= 160000
                                               THEN 'SET' ELSE 'MEMBER' END) AS may`,
    [applicationRole],
  )
  return rows[0]?.may === true
}

/**
 * A database migrated while there was only one role has granted nothing to the other, and stays with one: what
 * `laurel_app` may do on the table of migrations tells which it is.
 */
async function rolesOf(client: Client): Promise<Roles> {
  const { rows } = await client.query<{ present: boolean }>(
    'SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS present',
    [applicationRole],
  )
  if (rows[0]?.present !== true || !(await mayAssume(client))) return 'single'
  const granted = await client.query<{ granted: boolean }>(
    `SELECT to_regclass('laurel_migration') IS NULL
            OR has_table_privilege($1, to_regclass('laurel_migration'), 'SELECT') AS granted`,
    [applicationRole],
  )
  return granted.rows[0]?.granted === true ? 'separate' : 'single'
}
