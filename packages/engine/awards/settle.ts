import { settleCards } from '../cards/fill.ts'
import { settleChallenges } from '../challenges/judge.ts'
import type { Draft } from '../draft.ts'
import { settleOffers } from '../offers/judge.ts'
import type { Program } from '../program/program.ts'
import { settleReferral } from '../referral/refer.ts'
import { convertArrivals } from '../transitions/convert.ts'
import { settleEntries } from './entry.ts'

/**
 * What has become due by an event, or by a due moment, in this order: referrals, entry awards, offers, challenges, what has come
 * to be converted, full cards. Referrals, offers and challenges wait until the event is over. `program` is the version that
 * judges; null: none has begun, or nothing has happened that fills a card.
 */
export function settle(draft: Draft, program: Program | null, isEventOver: boolean): void {
  if (isEventOver) settleReferral(draft)
  settleEntries(draft)
  if (isEventOver) settleOffers(draft)
  if (isEventOver && program !== null) settleChallenges(draft, program)
  // What is given up fills the cards of what it becomes.
  convertArrivals(draft)
  if (program === null) return
  settleCards(draft, program, isEventOver)
  // A challenge or a card may award a level.
  settleEntries(draft)
  convertArrivals(draft)
}
