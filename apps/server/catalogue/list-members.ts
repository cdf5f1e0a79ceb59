import { seatsOf } from '@laurel/engine'
import type { Context } from '../context.ts'
import { rowsOf } from '../db/transaction.ts'
import { memberStateOf } from '../decisions/history.ts'
import { cursorOf, type Page, pageOf, partsOfCursor } from '../http/cursor.ts'
import { statesAfter } from '../offers/queries.ts'
import { waitingInRoom } from './queries.ts'

/** Who waits for a seat, first come first. */
export async function listWaiting(
  context: Context,
  program: string,
  { reward, session }: { readonly reward: string; readonly session: string },
  { limit, cursor }: Page,
) {
  const [after = 0, before = 0] = (partsOfCursor(cursor, 2) ?? []).map(Number)
  const wanted = waitingInRoom(program, seatsOf(reward, session), after, limit + 1)
  const rows = await rowsOf(context.database.application, wanted)
  const { page, next } = pageOf(rows, limit, (row) => [Number(row.number), before + limit])
  const waiting = page.map(({ redemption, member, asked_at }, index) => ({
    ...{ place: before + index + 1, member, redemption, since: asked_at },
  }))
  return { waiting, next }
}

/** Members whose states one request looks at: some tens of milliseconds. */
const lookedAtMax = 2_000

/** Who has met an experiment and is held out of it (EXP-1), as far as one look goes. */
export async function listHeldOut(context: Context, program: string, experiment: string, cursor: string | undefined) {
  const [after = ''] = (partsOfCursor(cursor, 1) ?? []).map(String)
  const rows = await rowsOf(context.database.application, statesAfter(program, after, lookedAtMax))
  const members = rows
    .filter(({ id, state }) =>
      memberStateOf({ program, id }, state).arms?.some((arm) => arm.experiment === experiment && arm.heldOut),
    )
    .map(({ id }) => id)
  const last = rows.at(-1)
  return { members, next: rows.length === lookedAtMax && last !== undefined ? cursorOf(last.id) : null }
}
