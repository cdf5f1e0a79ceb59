import { advanceDaysMax, clockEnd, Problem } from '@laurel/contract'
import { DAY_MS } from '@laurel/engine'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, transaction } from '../db/transaction.ts'
import { idOfKey } from '../decisions/identity.ts'
import type { Actor } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { instantOf, localOf } from '../programs/zone.ts'
import { advanceById, insertAdvance, lockClock, runningAdvance } from './queries.ts'

export interface ToAdvance {
  /** Of the program's zone. */
  readonly days?: number | undefined
  readonly to?: string | undefined
}

/** Writes down how far the clock is to go; whoever works at advances finds it. The same key again is the same advance. */
export async function startAdvance(
  context: ProgramContext,
  actor: Actor,
  { days, to }: ToAdvance,
  idempotencyKey: string,
): Promise<string> {
  const { program } = actor
  const id = idOfKey('advance', program, idempotencyKey)
  const zone = (await context.timelines.of(program))?.latest.zone ?? 'UTC'
  await transaction(context.database.application, async (tx) => {
    const locked = await rowOf(tx, lockClock(program))
    if (locked === undefined) throw new Problem('no-sandbox')
    if ((await rowOf(tx, advanceById(program, id))) !== undefined) return
    const running = await rowOf(tx, runningAdvance(program))
    if (running !== undefined) throw new Problem('advance-running', { extensions: { advance: running.id } })
    const from = Date.parse(locked.clock)
    const daysAhead = (count: number) => instantOf(zone, localOf(zone, from) + count * DAY_MS)
    const until = to === undefined ? daysAhead(days ?? 0) : Date.parse(to)
    const clock = new Date(from).toISOString()
    if (until <= from) throw new Problem('advance-backwards', { extensions: { clock } })
    const latest = Math.min(daysAhead(advanceDaysMax), Date.parse(clockEnd))
    if (until > latest) {
      throw new Problem('advance-too-far', { extensions: { clock, latest: new Date(latest).toISOString() } })
    }
    const by = actor.name
    const end = new Date(until).toISOString()
    await countOf(tx, insertAdvance(program, id, clock, end, new Date(context.wallNow()).toISOString(), by))
    const detail = { from: clock, to: end }
    await writeAudit(tx, context, { program, actor: by, act: 'advance.started', subject: `advance/${id}`, detail })
  })
  return id
}
