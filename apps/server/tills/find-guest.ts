import { type Guest, Problem } from '@laurel/contract'
import { rowsOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor } from '../http/bind.ts'
import { membersByPhone } from '../member-sign-in/queries.ts'
import { takeCode } from '../self/card-code.ts'
import { listOwnRewards } from '../self/list-own-rewards.ts'
import { readOwnCard } from '../self/read-own-card.ts'
import { readOwnVocabulary } from '../self/told.ts'
import { listVouchers } from '../vouchers/list-vouchers.ts'
import type { Vault } from '../vouchers/vault.ts'
import { copiesFor } from './copies.ts'
import { cashierIn } from './till-of-request.ts'
import { makeVisit, memberOfVisit } from './visits.ts'

export interface Wanted {
  readonly card?: string | undefined
  readonly phone?: string | undefined
  readonly visit?: string | undefined
}

/** More than anybody has in hand at a counter. */
const vouchersMax = 100

/** Who stands at the counter, what they have in hand, and what they can have: as members themselves are told. */
export async function findGuest(
  context: RecordingContext,
  vault: Vault,
  actor: Actor,
  wanted: Wanted,
  idempotencyKey: string,
): Promise<Guest> {
  cashierIn(actor)
  const { program } = actor
  const member = await memberMeant(context, vault, actor, wanted, idempotencyKey)
  const [card, held, offered, words] = await Promise.all([
    readOwnCard(context, program, member),
    listVouchers(context, program, member, { status: 'open', limit: vouchersMax }),
    listOwnRewards(context, program, member, 'en'),
    readOwnVocabulary(context, program, member),
  ])
  const { assets, ladders, rewards, cards } = words
  const vouchers = held.vouchers.map(({ id, reward, kind, status, issued, lastDay, left, lastFour }) => ({
    ...{ id, reward, kind, status, issued, lastDay, left, lastFour },
  }))
  return {
    ...makeVisit(context, vault, actor, member),
    name: card.name,
    status: card.status,
    balances: card.balances,
    levels: card.tiers.map(({ ladder, level }) => ({ ladder, level })),
    cards: card.cards,
    vouchers,
    copies: await copiesFor(context, vault, actor, member, vouchers),
    // A seat is chosen by its date, with time to think: in the portal.
    rewards: offered.rewards
      .filter(({ sessions }) => sessions.length === 0)
      .map(({ id, kind, name, price, missing, refusal }) => ({ id, kind, name, price, missing, refusal })),
    words: { assets, ladders, rewards, cards },
  }
}

async function memberMeant(
  context: RecordingContext,
  vault: Vault,
  actor: Actor,
  { card, phone, visit }: Wanted,
  idempotencyKey: string,
): Promise<string> {
  if (card !== undefined) return await takeCode(context, vault, actor, card, idempotencyKey)
  if (visit !== undefined) return await memberOfVisit(context, vault, actor, visit)
  const number = (phone ?? '').replaceAll(/[^\d+]/g, '')
  const found = number === '' ? [] : await rowsOf(context.database.application, membersByPhone(actor.program, number))
  const [only, ...others] = found
  // Of a number that two share nobody knows whose points it is about: they show their cards.
  if (only === undefined || others.length > 0) throw new Problem('nobody-found')
  return only.member
}
