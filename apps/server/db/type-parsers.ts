// How PostgreSQL's values become JavaScript's. Money and points never pass through a float, instants never through a Date.

import pg from 'pg'

type Parse = (text: string) => unknown

const oid = {
  int8: 20,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
  int8Array: 1016,
  textArray: 1009,
  dateArray: 1182,
  timestampArray: 1115,
  timestamptzArray: 1185,
  numericArray: 1231,
} as const

/** A bigint that JavaScript's numbers cannot hold exactly is a fault of ours (a limit not kept), never rounded. */
function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`the bigint ${text} is beyond what a number holds exactly`)
  return value
}

/**
 * An instant as ISO 8601 in UTC with milliseconds, `2026-01-31T09:30:00.250Z`: comparable as text, and what the HTTP
 * interface and Temporal.Instant speak. PostgreSQL writes `2026-01-31 09:30:00.25+00` under our session settings.
 */
function parseTimestamptz(text: string): string {
  if (text.length < 22 || !text.endsWith('+00') || text.charCodeAt(10) !== 32) {
    throw new RangeError(`the instant ${text} is not in UTC and ISO, or is not finite`)
  }
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).slice(0, 3).padEnd(3, '0')}Z`
}

const parseTextArray: (text: string) => (string | null)[] = pg.types.getTypeParser(
  // The types name only some of the ids.
  oid.textArray as Parameters<typeof pg.types.getTypeParser>[0],
)

function arrayOf(parse: Parse): Parse {
  return (text) => parseTextArray(text).map((item) => (item === null ? null : parse(item)))
}

const asText: Parse = (text) => text

const parsers = new Map<number, Parse>([
  [oid.int8, parseInt8],
  [oid.date, asText],
  [oid.timestamp, asText],
  [oid.timestamptz, parseTimestamptz],
  [oid.numeric, asText],
  [oid.int8Array, arrayOf(parseInt8)],
  [oid.dateArray, arrayOf(asText)],
  [oid.timestampArray, arrayOf(asText)],
  [oid.timestamptzArray, arrayOf(parseTimestamptz)],
  [oid.numericArray, arrayOf(asText)],
])

/** Given to each pool rather than set globally: another library's pool in this process keeps its own. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') => {
    const ours = format === 'binary' ? undefined : parsers.get(id)
    return ours ?? pg.types.getTypeParser(id, format ?? 'text')
  },
}
