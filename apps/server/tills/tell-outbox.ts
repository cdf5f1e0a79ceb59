import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto'
import { compiled, type OutboxEntry, outboxEntry, Problem, parseJson, type Signed } from '@laurel/contract'
import { countOf, rowOf, rowsOf, sql } from '../db/transaction.ts'
import { ask } from '../decisions/ask.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { remainingOf } from '../decisions/remaining.ts'
import type { Actor } from '../http/bind.ts'
import { membersByPhone } from '../member-sign-in/queries.ts'
import { memberOfCard } from '../self/card-code.ts'
import { useVoucher } from '../vouchers/ask-about-voucher.ts'
import { pointOf, type Vault } from '../vouchers/vault.ts'
import { placeOf, takenOff } from './acts.ts'
import { raiseAlarm, settleFilledGaps } from './alarms.ts'
import { readCopy } from './copies.ts'
import { actById } from './queries.ts'
import { orderOf, parsed, totalOf } from './sell.ts'
import { readItems } from './set-up-tills.ts'
import { tillIn } from './till-of-request.ts'
import { memberOfPastVisit } from './visits.ts'

interface EntryRow {
  readonly number: number
  readonly text_hash: Buffer
  readonly previous: Buffer
  readonly at: string
  readonly member: string | null
  readonly outcome: EntryOutcome | null
}
type EntryOutcome = 'recorded' | 'nobody' | 'not-recorded'

const publicKeyOfTill = sql<{ public_key: Buffer | null }>(
  'till-public-key',
  'SELECT public_key FROM till WHERE id = $1',
)
const entryByNumber = sql<EntryRow>(
  'till-entry',
  'SELECT number, text_hash, previous, at, member, outcome FROM till_entry WHERE bucket = $1 AND program = $2 AND till = $3 AND number = $4',
)
const lastEntry = sql<{ number: number }>(
  'last-till-entry',
  'SELECT number FROM till_entry WHERE bucket = $1 AND program = $2 AND till = $3 ORDER BY number DESC LIMIT 1',
)
const insertEntry = sql(
  'insert-till-entry',
  `INSERT INTO till_entry (bucket, program, till, number, text_hash, previous, at, received_at, day, member, honoured)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (bucket, program, till, number) DO NOTHING`,
)
const setEntryOutcome = sql(
  'set-till-entry-outcome',
  'UPDATE till_entry SET outcome = $5 WHERE bucket = $1 AND program = $2 AND till = $3 AND number = $4',
)
const honouredOf = sql<{ honoured: number }>(
  'honoured-by-till',
  `SELECT coalesce(sum(honoured), 0)::bigint AS honoured FROM till_entry
   WHERE bucket = $1 AND program = $2 AND till = $3 AND member = $4 AND day = $5`,
)

/** What a number of nothing is chained to. */
export const firstLink = (till: string): string => hash('sha256', till, 'hex')

/** The highest entry that is known of a till; 0: none. */
export const lastNumber = async (context: RecordingContext, actor: Actor): Promise<number> =>
  (await rowOf(context.database.application, lastEntry(...placeOf(actor))))?.number ?? 0

/**
 * Records what was sold without a line, entry by entry: whatever breaks off, what was recorded is known when it is told again. What is
 * odd raises an alarm; a sale that was made is a fact, and is never refused for being odd.
 */
export async function tellOutbox(context: RecordingContext, vault: Vault, actor: Actor, entries: readonly Signed[]) {
  const row = await rowOf(context.database.application, publicKeyOfTill(tillIn(actor)))
  if (row?.public_key == null) throw new Problem('till-without-key')
  const key = createPublicKey({ key: pointOf(row.public_key), format: 'jwk' })
  const told: { number: number; outcome: EntryOutcome | 'refused' }[] = []
  for (const signed of entries) told.push(await tellEntry(context, vault, actor, key, signed))
  await settleFilledGaps(context, placeOf(actor))
  return { entries: told, number: await lastNumber(context, actor) }
}

async function tellEntry(context: RecordingContext, vault: Vault, actor: Actor, key: KeyObject, signed: Signed) {
  const entry = entryIn(signed.text)
  const number = entry?.number ?? 0
  const signature = Buffer.from(signed.signature, 'base64url')
  const isOurs = verify('sha256', Buffer.from(signed.text), { key, dsaEncoding: 'ieee-p1363' }, signature)
  if (entry === null || !isOurs) {
    await raiseAlarm(context, actor, {
      kind: 'signature',
      first: number,
      reason: entry === null ? 'unreadable' : 'wrong',
    })
    return { number, outcome: 'refused' } as const
  }
  const { application } = context.database
  const place = placeOf(actor)
  const textHash = hash('sha256', signed.text, 'buffer')
  const known = await rowOf(application, entryByNumber(...place, number))
  if (known === undefined) {
    // Before it is written down: what breaks off between the two is looked at again.
    const last = await lastNumber(context, actor)
    if (number > last + 1) await raiseAlarm(context, actor, { kind: 'gap', first: last + 1, last: number - 1 })
  }
  const row = known ?? (await written(context, vault, actor, entry, textHash))
  if (!row.text_hash.equals(textHash)) {
    // Two things were signed under one number: a copy of the device, or its clock of numbers was set back.
    await raiseAlarm(context, actor, { kind: 'chain', first: number, reason: 'two-of-one-number' })
    return { number, outcome: 'refused' } as const
  }
  if (row.outcome !== null) return { number, outcome: row.outcome }
  await checkChain(context, actor, entry, textHash)
  const member = row.member === null ? null : await remainingOf(context, actor.program, row.member)
  const outcome = await recorded(context, vault, actor, entry, row, member)
  await countOf(application, setEntryOutcome(...place, number, outcome))
  return { number, outcome }
}

function entryIn(text: string): OutboxEntry | null {
  try {
    const parsedEntry = compiled(outboxEntry).safeParse(parseJson(text))
    return parsedEntry.success ? parsedEntry.data : null
  } catch {
    return null
  }
}

/** Written down with its moment and its member before it is recorded: told again it is the same fact, whoever has the number by then. */
async function written(
  context: RecordingContext,
  vault: Vault,
  actor: Actor,
  entry: OutboxEntry,
  textHash: Buffer,
): Promise<EntryRow> {
  const { program } = actor
  const { application } = context.database
  const now = context.now(program)
  // Neither before what the server had said already, nor after it was told.
  const at = Math.min(Math.max(Date.parse(entry.at), Date.parse(entry.seen)), now)
  if (at !== Date.parse(entry.at)) await raiseAlarm(context, actor, { kind: 'clock', first: entry.number })
  const day = await dayOf(context, program, at)
  const copies = entry.copies.flatMap((copy) => readCopy(vault, actor, copy, at) ?? [])
  const honoured = copies.reduce((sum, { worth }) => sum + worth, 0)
  const place = placeOf(actor)
  const member = await memberMeant(context, vault, actor, entry)
  const hashes = [textHash, Buffer.from(entry.previous, 'hex')] as const
  const [counts, received] = [new Date(at).toISOString(), new Date(now).toISOString()]
  await countOf(application, insertEntry(...place, entry.number, ...hashes, counts, received, day, member, honoured))
  const row = await rowOf(application, entryByNumber(...place, entry.number))
  if (row === undefined) throw new Error('invariant: an entry that was written is there')
  return row
}

async function dayOf(context: RecordingContext, program: string, at: number): Promise<string> {
  const found = await context.timelines.of(program)
  if (found === null) throw new Problem('no-program')
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(found.latest.zone).toPlainDate().toString()
}

/** Each names the hash of the one before; of a gap that is filled later both neighbours are looked at then. */
async function checkChain(
  context: RecordingContext,
  actor: Actor,
  { number, previous }: OutboxEntry,
  textHash: Buffer,
): Promise<void> {
  const { application } = context.database
  const place = placeOf(actor)
  const before = number === 1 ? undefined : await rowOf(application, entryByNumber(...place, number - 1))
  const after = await rowOf(application, entryByNumber(...place, number + 1))
  const link = number === 1 ? firstLink(tillIn(actor)) : before?.text_hash.toString('hex')
  const wrong = [
    ...(link !== undefined && link !== previous ? [number] : []),
    ...(after !== undefined && !after.previous.equals(textHash) ? [number + 1] : []),
  ]
  for (const first of wrong) await raiseAlarm(context, actor, { kind: 'chain', first, reason: 'names-another' })
}

async function memberMeant(
  context: RecordingContext,
  vault: Vault,
  actor: Actor,
  { guest, at }: OutboxEntry,
): Promise<string | null> {
  const { program } = actor
  const moment = Date.parse(at)
  const said =
    'card' in guest
      ? memberOfCard(vault, program, guest.card, moment)
      : 'visit' in guest
        ? memberOfPastVisit(vault, actor, guest.visit, moment)
        : await memberByPhone(context, program, guest.phone)
  return said === null ? null : await remainingOf(context, program, said)
}

async function memberByPhone(context: RecordingContext, program: string, phone: string): Promise<string | null> {
  const number = phone.replaceAll(/[^\d+]/g, '')
  const found = number === '' ? [] : await rowsOf(context.database.application, membersByPhone(program, number))
  const [only, ...others] = found
  return only === undefined || others.length > 0 ? null : only.member
}

async function recorded(
  context: RecordingContext,
  vault: Vault,
  actor: Actor,
  entry: OutboxEntry,
  row: EntryRow,
  member: string | null,
): Promise<EntryOutcome> {
  const { program } = actor
  const { number, sale, lines } = entry
  const total = totalOf(lines)
  const at = Date.parse(row.at)
  const copies = entry.copies.flatMap((copy) => readCopy(vault, actor, copy, at) ?? [])
  if (copies.length < entry.copies.length) {
    await raiseAlarm(context, actor, { kind: 'signature', first: number, reason: 'copy' })
  }
  if (member === null) {
    await raiseAlarm(context, actor, { kind: 'nobody', first: number, amount: total })
    return 'nobody'
  }
  // It was begun with a line, and nobody knew whether it came through: then it is that one.
  const begun = await rowOf(context.database.application, actById(...placeOf(actor), sale))
  if (begun?.outcome != null) return 'recorded'
  const occurredAt = begun?.at ?? row.at
  const taken = await takenOff(context, actor, sale)
  const off = Math.min(
    copies.reduce((sum, copy) => sum + copy.off, taken.off),
    total,
  )
  const byGiftCard = Math.min(taken.byGiftCard, total - off)
  const order = await orderOf(context, actor, { sale, lines, off, byGiftCard })
  try {
    const fact = { type: 'order.paid', id: sale, source: tillIn(actor), member, occurredAt, order }
    await ask(context, program, member, parsed(fact))
  } catch (error) {
    if (!(error instanceof Problem) || !['event-rejected', 'identity-conflict', 'unknown-member'].includes(error.code))
      throw error
    const reason = String(error.details.extensions?.['rejection'] ?? error.code)
    await raiseAlarm(context, actor, { kind: 'not-recorded', first: number, amount: total, reason })
    return 'not-recorded'
  }
  for (const copy of copies) await useCopy(context, vault, actor, { number, sale }, copy)
  await checkLimit(context, actor, number, member, row)
  return 'recorded'
}

/** What was used elsewhere meanwhile was given twice: the shop bears it, up to the limit that it has stated. */
async function useCopy(
  context: RecordingContext,
  vault: Vault,
  actor: Actor,
  { number, sale }: { readonly number: number; readonly sale: string },
  { member, voucher, worth }: ReturnType<typeof readCopy> & object,
): Promise<void> {
  const till = tillIn(actor)
  const owner = await remainingOf(context, actor.program, member)
  const { granted, refusal } = await useVoucher(
    context,
    vault,
    actor.program,
    { member: owner, voucher, order: { source: till, id: sale }, basket: null, amount: null },
    `${till}/${number}/${hash('sha256', voucher).slice(0, 16)}`,
  )
  if (granted) return
  const reason = refusal?.code ?? 'refused'
  const about = hash('sha256', voucher).slice(0, 16)
  await raiseAlarm(context, actor, { kind: 'shortfall', first: number, amount: worth, reason, about, isSettled: true })
}

/** A device keeps the limit by itself; one that does not is not one of ours any more. */
async function checkLimit(
  context: RecordingContext,
  actor: Actor,
  number: number,
  member: string,
  row: EntryRow,
): Promise<void> {
  const { offlineMost } = await readItems(context, actor.program)
  const day = await dayOf(context, actor.program, Date.parse(row.at))
  const sum = await rowOf(context.database.application, honouredOf(...placeOf(actor), member, day))
  const beyond = (sum?.honoured ?? 0) - offlineMost
  if (beyond > 0) await raiseAlarm(context, actor, { kind: 'beyond-limit', first: number, amount: beyond })
}
