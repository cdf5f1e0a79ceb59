// What every session of ours is set to, whatever the server, the database or the role is.

/**
 * The texts in which values come are read by us, and a statement outside a transaction is READ COMMITTED; a database or a role
 * of one's own may be set otherwise. Limits that are meant for people would cut off a migration or an export in the middle:
 * where we want one, the pool says so.
 */
const everySession: Readonly<Record<string, string>> = {
  timezone: 'UTC',
  datestyle: 'ISO',
  bytea_output: 'hex',
  // The shortest digits that are the same number.
  extra_float_digits: '1',
  array_nulls: 'on',
  standard_conforming_strings: 'on',
  default_transaction_isolation: 'read committed',
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
}

/** Since PostgreSQL 17. */
const latestSession: Readonly<Record<string, string>> = { transaction_timeout: '0' }

/** The first one does not know yet which server it meets. */
export const sessionOf = (major = 0): Readonly<Record<string, string>> =>
  major >= 17 ? { ...everySession, ...latestSession } : everySession

/** As PostgreSQL takes them when a session begins. */
export function optionsFor(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, (character) => `\\${character}`)}`)
    .join(' ')
}

/**
 * The URL with settings for the session; of two that it names twice, ours. To take on a role this way works whatever the way of
 * signing in, and needs no second password.
 */
export function urlWithSettings(url: string, settings: Readonly<Record<string, string>>): string {
  const parsed = new URL(url)
  const before = parsed.searchParams.get('options')
  parsed.searchParams.set('options', [...(before === null ? [] : [before]), optionsFor(settings)].join(' '))
  // URLSearchParams writes a space as `+`, which PostgreSQL's own URLs do not know.
  parsed.search = parsed.search.replaceAll('+', '%20')
  return parsed.toString()
}
