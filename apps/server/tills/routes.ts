import { Problem, type ProblemCode, type TillState } from '@laurel/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, rowsOf, transaction } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor, Bind } from '../http/bind.ts'
import { isFromOurPage } from '../http/from-our-page.ts'
import type { Vault } from '../vouchers/vault.ts'
import { listActs } from './acts.ts'
import { listAlarms, settleAlarm } from './alarms.ts'
import { addCashier, cashiersMax, endCashier, listCashiers, provePin, setPin } from './cashiers.ts'
import { findGuest } from './find-guest.ts'
import { cashiersAtWork, setShift, tillById } from './queries.ts'
import { sell } from './sell.ts'
import { addTill, listTills, readItems, renewTillCode, revokeTill, setItems } from './set-up-tills.ts'
import { lastNumber, tellOutbox } from './tell-outbox.ts'
import { createTillOfRequest, enrolTill, giveKey, keyIn, tillIn } from './till-of-request.ts'
import { undoAct } from './undo.ts'
import { redeemAtTill, useAtTill } from './use-and-redeem.ts'

/** Codes of tills that there are not, from one address: a person mistypes a few. */
const wrongCodes = { max: 20, timeWindow: 120_000 }
/** Cards and numbers that there are not, at one till: it must be no way to try all numbers of a town. */
const wrongGuests = { max: 30, timeWindow: 60_000 }
/** The longest day behind a counter. */
const shiftMs = 12 * 3_600_000

export function bindTills(server: FastifyInstance, context: RecordingContext, bind: Bind, vault: Vault): void {
  bind('listTills', ({ actor, query }) => listTills(context, actor.program, query))
  bind('addTill', ({ actor, body }) => addTill(context, actor, body))
  bind('renewTillCode', ({ actor, path }) => renewTillCode(context, actor, path.till))
  bind('revokeTill', ({ actor, path }) => revokeTill(context, actor, path.till))
  bind('listCashiers', ({ actor, query }) => listCashiers(context, actor.program, query))
  bind('addCashier', ({ actor, body }) => addCashier(context, actor, body))
  bind('setPin', ({ actor, path, body }) => setPin(context, actor, path.cashier, body.pin))
  bind('endCashier', ({ actor, path }) => endCashier(context, actor, path.cashier))
  bind('readTillItems', ({ actor }) => readItems(context, actor.program))
  bind('setTillItems', ({ actor, body }) => setItems(context, actor, body))
  bind('listTillAlarms', ({ actor, query }) => listAlarms(context, actor.program, query))
  bind('settleTillAlarm', ({ actor, path }) => settleAlarm(context, actor, path.alarm))
  bindDevice(server, context, bind, vault)
  bindCounter(server, context, bind, vault)
}

function bindDevice(server: FastifyInstance, context: RecordingContext, bind: Bind, vault: Vault): void {
  const { application } = context.database
  const guarded = guard(server.createRateLimit({ ...wrongCodes, keyGenerator: ({ ip }) => `till-codes/${ip}` }), [
    'wrong-till-code',
  ])
  bind('enrolTill', async ({ body, request, reply }) => {
    if (!isFromOurPage(request)) throw new Problem('cross-site')
    const { till, key } = await guarded(request, () => enrolTill(context, body))
    giveKey(request, reply, key)
    return { till, program: body.program }
  })
  const tillOf = createTillOfRequest(context)
  bind('readTillDoor', async ({ request }) => ({
    enrolled: await tillOf(request).then(
      () => true,
      (error) => {
        if (error instanceof Problem && error.code === 'unauthenticated') return false
        throw error
      },
    ),
  }))
  bind('readTill', async ({ actor, request, reply }) => {
    // Browsers keep no cookie for ever; one that is used is kept on.
    giveKey(request, reply, keyIn(request) ?? '')
    return await readTill(context, vault, actor)
  })
  bind('beginShift', async ({ actor, body: { cashier, pin } }) => {
    const { id, name } = await provePin(context, actor, cashier, pin)
    const overAt = new Date(context.wallNow() + shiftMs).toISOString()
    await transaction(application, async (tx) => {
      await countOf(tx, setShift(tillIn(actor), id, overAt))
      const detail = { till: tillIn(actor) }
      await writeAudit(tx, context, {
        ...{ program: actor.program, actor: actor.name, act: 'shift.begun', subject: id, detail },
      })
    })
    return { shift: { id, name, overAt } }
  })
  bind('endShift', async ({ actor }) => {
    await countOf(application, setShift(tillIn(actor), null, null))
    return { ended: true }
  })
}

function bindCounter(server: FastifyInstance, context: RecordingContext, bind: Bind, vault: Vault): void {
  const guarded = guard(
    server.createRateLimit({ ...wrongGuests, keyGenerator: ({ actor }) => `guests/${actor.name}` }),
    ['nobody-found', 'unknown-card-code'],
  )
  bind('findGuest', ({ actor, body, idempotencyKey, request }) =>
    guarded(request, () => findGuest(context, vault, actor, body, idempotencyKey)),
  )
  bind('sellAtTill', ({ actor, body }) => sell(context, vault, actor, body))
  bind('useAtTill', ({ actor, body }) => useAtTill(context, vault, actor, body))
  bind('redeemAtTill', ({ actor, body }) => redeemAtTill(context, vault, actor, body))
  // Without a PIN: whoever was at it showed theirs, and what was sold waits for nobody.
  bind('tellOutbox', ({ actor, body }) => tellOutbox(context, vault, actor, body.entries))
  bind('listTillActs', ({ actor, query }) => listActs(context, actor, query.limit))
  bind('undoAtTill', ({ actor, body }) => undoAct(context, actor, body.act))
}

/** Asks, unless too many wrong ones were asked for; a wrong one counts. */
function guard(limit: ReturnType<FastifyInstance['createRateLimit']>, wrong: readonly ProblemCode[]) {
  return async <Answer>(request: FastifyRequest, find: () => Promise<Answer>): Promise<Answer> => {
    const counted = await limit(request, { increment: false })
    if (!counted.isAllowed && counted.remaining < 1) {
      throw new Problem('too-many-requests', { retryAfterSeconds: counted.ttlInSeconds, requestsMax: counted.max })
    }
    return await find().catch(async (error) => {
      if (error instanceof Problem && wrong.includes(error.code)) await limit(request)
      throw error
    })
  }
}

async function readTill(context: RecordingContext, vault: Vault, actor: Actor): Promise<TillState> {
  const { program, name, holder } = actor
  const { application } = context.database
  const found = await context.timelines.of(program)
  if (found === null) throw new Problem('no-program')
  const [row, cashiers, { items, offlineMost }] = await Promise.all([
    rowOf(application, tillById(name.slice('till/'.length))),
    rowsOf(application, cashiersAtWork(program, cashiersMax)),
    readItems(context, program),
  ])
  if (row === undefined) throw new Problem('unauthenticated')
  const { code, exponent } = found.latest.currency
  const atWork = holder === null ? undefined : cashiers.find(({ id }) => id === holder)
  const overAt = row.shift_over_at
  return {
    ...{ till: row.id, name: row.name, place: row.place, program, at: new Date(context.now(program)).toISOString() },
    currency: { code, exponent },
    cashiers: cashiers.map(({ id, name }) => ({ id, name })),
    shift: atWork === undefined || overAt === null ? null : { id: atWork.id, name: atWork.name, overAt },
    items,
    zone: found.latest.zone,
    offline: {
      most: offlineMost,
      key: vault.publicKey().toString('base64url'),
      number: await lastNumber(context, actor),
    },
  }
}
