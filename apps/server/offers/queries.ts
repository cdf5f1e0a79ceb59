import { sql } from '../db/transaction.ts'

export interface SendingRow {
  readonly program: string
  readonly id: string
  readonly offer: string
  readonly name: string
  /** Ids as JSON; null: whoever the offer's own rule says. */
  readonly members: string | null
  readonly started_at: string
  readonly ended_at: string | null
  readonly cancelled: boolean
  /** The last member that was looked at; '' before the first. */
  readonly through: string
  readonly looked: number
  readonly sent: number
  readonly already: number
  readonly left_out: number
}

const columns =
  'program, id, offer, name, members, started_at, ended_at, cancelled, through, looked, sent, already, left_out'

/** The same sending is one row, however often it is asked for. */
export const startSending = sql(
  'start-sending',
  `INSERT INTO offer_sending (program, id, offer, name, members, started_at, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
   ON CONFLICT (program, id) DO NOTHING`,
)

export const sendingById = sql<SendingRow>(
  'sending-by-id',
  `SELECT ${columns} FROM offer_sending WHERE program = $1 AND id = $2`,
)

/** As with backtests: whatever has waited longest by the wall clock. */
export const runningSendings = sql<SendingRow>(
  'running-sendings',
  `SELECT ${columns} FROM offer_sending WHERE ended_at IS NULL ORDER BY asked_at, program, id LIMIT 1`,
)

/** Only from where it stood: of two servers that do the same work one moves it on. */
export const moveSendingOn = sql(
  'move-sending-on',
  `UPDATE offer_sending SET through = $4, looked = looked + $5, sent = sent + $6, already = already + $7,
     left_out = left_out + $8, ended_at = $9
   WHERE program = $1 AND id = $2 AND through = $3 AND ended_at IS NULL`,
)

export const cancelSending = sql(
  'cancel-sending',
  'UPDATE offer_sending SET ended_at = $3, cancelled = true WHERE program = $1 AND id = $2 AND ended_at IS NULL',
)

export const statesAfter = sql<{ id: string; state: string }>(
  'states-after',
  'SELECT id, state FROM member WHERE program = $1 AND id > $2 AND goes_on_as IS NULL ORDER BY id LIMIT $3',
)

export const mergedAmong = sql<{ id: string }>(
  'merged-among',
  'SELECT id FROM member WHERE program = $1 AND id = ANY ($2) AND goes_on_as IS NOT NULL',
)
