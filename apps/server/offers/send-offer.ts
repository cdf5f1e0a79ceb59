import { hash } from 'node:crypto'
import { type OwnId, Problem, type SendingAnswer } from '@laurel/contract'
import { countOf, rowOf } from '../db/transaction.ts'
import { offeredBy, type ProgramContext } from '../programs/timeline.ts'
import { cancelSending, type SendingRow, sendingById, startSending } from './queries.ts'

/**
 * Starts to send an offer: to the members named, or to whoever its own rule says. A member gets it once under one key, and once
 * where none is given, however often it is asked for and whatever else it is sent with.
 */
export async function sendOffer(
  context: ProgramContext,
  program: string,
  offer: string,
  members: readonly string[] | null,
  idempotencyKey: string | undefined,
): Promise<SendingAnswer> {
  const found = await context.timelines.of(program)
  const known = found === null ? undefined : offeredBy(found, offer, context.now(program))
  if (found === null || known === undefined) throw new Problem('unknown-offer')
  if (members === null && known.sendTo === null) throw new Problem('offer-for-nobody')
  const name: OwnId = idempotencyKey === undefined ? `offer/${offer}` : `offer/${offer}/${idempotencyKey}`
  const sorted = members === null ? null : JSON.stringify([...new Set(members)].sort())
  const id = hash('sha256', `${name}\0${sorted}`, 'hex').slice(0, 32)
  const [at = '', askedAt = ''] = [context.now(program), context.wallNow()].map((each) => new Date(each).toISOString())
  await countOf(context.database.application, startSending(program, id, offer, name, sorted, at, askedAt))
  return await readSending(context, program, offer, id)
}

export async function readSending(
  { database: { application } }: ProgramContext,
  program: string,
  offer: string,
  id: string,
): Promise<SendingAnswer> {
  const row = await rowOf(application, sendingById(program, id))
  if (row === undefined || row.offer !== offer) throw new Problem('unknown-sending')
  return sendingOf(row)
}

/** Whoever has got it keeps it; nobody gets it from now on. */
export async function stopSending(
  context: ProgramContext,
  program: string,
  offer: string,
  id: string,
): Promise<SendingAnswer> {
  await readSending(context, program, offer, id)
  const at = new Date(context.now(program)).toISOString()
  await countOf(context.database.application, cancelSending(program, id, at))
  return await readSending(context, program, offer, id)
}

export function sendingOf({ id, offer, members, cancelled, looked, sent, already, ...row }: SendingRow): SendingAnswer {
  const status = row.ended_at === null ? 'running' : cancelled ? 'cancelled' : 'done'
  const of = members === null ? null : (JSON.parse(members) as unknown[]).length // our own text
  return {
    ...{ id, offer, status, of, looked, sent, already, leftOut: row.left_out },
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
  }
}
