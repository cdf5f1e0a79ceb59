import { Problem, type TillAlarm } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import type { Context } from '../context.ts'
import { countOf, rowOf, rowsOf, sql, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { type Page, pageOf, placeInTime } from '../http/cursor.ts'
import { tillIn } from './till-of-request.ts'

interface AlarmRow {
  readonly id: string
  readonly till: string
  readonly kind: TillAlarm['kind']
  readonly first_number: number
  readonly last_number: number
  readonly amount: number | null
  readonly reason: string | null
  readonly raised_at: string
  readonly settled_at: string | null
  readonly settled_by: string | null
}

const columns = 'id, till, kind, first_number, last_number, amount, reason, raised_at, settled_at, settled_by'
const insertAlarm = sql(
  'insert-till-alarm',
  `INSERT INTO till_alarm (program, id, till, kind, first_number, last_number, amount, reason, raised_at, settled_at, settled_by)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (program, id) DO NOTHING`,
)
const alarmsOfProgram = sql<AlarmRow>(
  'till-alarms-of-program',
  `SELECT ${columns} FROM till_alarm WHERE program = $1 AND ($2::timestamptz IS NULL OR (raised_at, id) < ($2, $3))
   ORDER BY raised_at DESC, id DESC LIMIT $4`,
)
const alarmOfProgram = sql<AlarmRow>(
  'till-alarm-of-program',
  `SELECT ${columns} FROM till_alarm WHERE program = $1 AND id = $2`,
)
const settleById = sql(
  'settle-till-alarm',
  'UPDATE till_alarm SET settled_at = $3, settled_by = $4 WHERE program = $1 AND id = $2 AND settled_at IS NULL',
)
/** Gaps of which every entry has come after all. */
const settleFilled = sql(
  'settle-filled-gaps',
  `UPDATE till_alarm a SET settled_at = $4, settled_by = 'laurel'
   WHERE a.program = $2 AND a.till = $3 AND a.kind = 'gap' AND a.settled_at IS NULL
     AND (SELECT count(*) FROM till_entry e WHERE e.bucket = $1 AND e.program = $2 AND e.till = $3
            AND e.number BETWEEN a.first_number AND a.last_number) = a.last_number - a.first_number + 1`,
)

export interface ToRaise {
  readonly kind: TillAlarm['kind']
  readonly first: number
  readonly last?: number
  readonly amount?: number
  readonly reason?: string
  /** What tells two of one kind about one entry apart. */
  readonly about?: string
  /** It is written down, and nobody need do anything. */
  readonly isSettled?: boolean
}

/** Raised once, however often what it is about is told. */
export async function raiseAlarm(context: Context, actor: Actor, toRaise: ToRaise): Promise<void> {
  const { kind, first, last = first, amount = null, reason = null, about = '', isSettled = false } = toRaise
  const till = tillIn(actor)
  const id = [till, kind, first, about].filter((part) => part !== '').join('.')
  const at = new Date(context.wallNow()).toISOString()
  const settled = isSettled ? [at, 'laurel'] : [null, null]
  await countOf(
    context.database.application,
    insertAlarm(actor.program, id, till, kind, first, last, amount, reason, at, ...settled),
  )
}

export async function settleFilledGaps(
  context: Context,
  place: readonly [bucket: number, program: string, till: string],
): Promise<void> {
  await countOf(context.database.application, settleFilled(...place, new Date(context.wallNow()).toISOString()))
}

export async function listAlarms(context: Context, program: string, { limit, cursor }: Page) {
  const [at = null, id = null] = placeInTime(cursor, 2)
  const rows = await rowsOf(context.database.application, alarmsOfProgram(program, at, id, limit + 1))
  const { page, next } = pageOf(rows, limit, (row) => [row.raised_at, row.id])
  return { alarms: page.map(alarmOfRow), next }
}

/** Once is enough: asked again, it answers when that was and by whom. */
export async function settleAlarm(context: Context, { program, name: by }: Actor, id: string): Promise<TillAlarm> {
  return await transaction(context.database.application, async (tx) => {
    const settled = await countOf(tx, settleById(program, id, new Date(context.wallNow()).toISOString(), by))
    const row = await rowOf(tx, alarmOfProgram(program, id))
    if (row === undefined) throw new Problem('unknown-till-alarm')
    if (settled > 0) {
      await writeAudit(tx, context, { program, actor: by, act: 'till-alarm.settled', subject: id, detail: {} })
    }
    return alarmOfRow(row)
  })
}

const alarmOfRow = (row: AlarmRow): TillAlarm => ({
  ...{ id: row.id, till: row.till, kind: row.kind, firstNumber: row.first_number, lastNumber: row.last_number },
  ...{ amount: row.amount, reason: row.reason, raisedAt: row.raised_at },
  ...{ settledAt: row.settled_at, settledBy: row.settled_by },
})
