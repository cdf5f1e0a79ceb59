import type { Draft } from '../draft.ts'
import type { Award, Program, Reward } from '../program/program.ts'
import { programAt } from '../program/timeline.ts'
import { fulfilAward, isGone, takeRewardBack } from '../rewards/fulfil.ts'
import { type AwardedPiece, piecesMissing } from '../rewards/pieces.ts'
import { indexOf, judgeLadder, ladderStateOf } from '../tiers/judge.ts'
import { addToDay, dayOf, type LocalTime, startOf } from '../time/local.ts'
import { openVoucher } from '../vouchers/voucher.ts'
import { type AwardName, type GivenAward, giveAmount, partOf, takeAmount } from './amounts.ts'
import { giveBadge, takeBadge } from './badges.ts'
import { hasMissed } from './held.ts'

/**
 * Gives what a program awards, whoever does: a card, a challenge, a level, a rule, an offer. Moment and cause are the draft's.
 * Vouchers that the same name has given are the same vouchers (EVT-2); whether points were given before the giver knows.
 */
export function award(draft: Draft, program: Program, awards: readonly Award[], name: AwardName): void {
  for (const [index, item] of awards.entries()) {
    const own = { rule: name.rule, id: partOf(name.id, index) }
    switch (item.type) {
      case 'amount':
        giveAmount(draft, program, item.asset, item.amount, own)
        break
      case 'reward':
        fulfilAward(draft, program, rewardOf(program, item.reward), own)
        break
      case 'badge':
        giveBadge(draft, program, item.badge, own.id)
        break
      case 'tier':
        grantLevel(draft, program, item)
        break
    }
  }
}

/** Of what a program awards under a name, the rewards of which nothing is left (EARN-5). Nothing is taken. */
export const missingOf = (
  draft: Draft,
  { version }: Program,
  awards: readonly Award[],
  id: string,
): readonly AwardedPiece[] =>
  piecesMissing(
    draft,
    awards.flatMap((item, index) =>
      item.type === 'reward' ? [{ award: partOf(id, index), piece: { reward: item.reward, version } }] : [],
    ),
  )

/** Whether nothing is left of all that is awarded: it takes of no budget then, and of no cap. */
export const givesNothing = (draft: Draft, program: Program, awards: readonly Award[], id: string): boolean =>
  awards.length > 0 && missingOf(draft, program, awards, id).length === awards.length

/** The same of one that was awarded before. */
export const gaveNothing = ({ member }: Draft, awards: readonly Award[], id: string): boolean =>
  awards.length > 0 && awards.every((item, index) => item.type === 'reward' && hasMissed(member, partOf(id, index)))

/** Of the gift cards that a program awards under a name, as far as they are there: what they are worth, and what of it was used. */
export function storedIn(draft: Draft, program: Program, awards: readonly Award[], id: string) {
  const stored = { value: 0, spent: 0, isTouched: false }
  for (const [index, item] of awards.entries()) {
    const kind = item.type === 'reward' ? rewardOf(program, item.reward).kind : null
    const voucher = openVoucher(draft.member, partOf(id, index))
    if (kind?.type !== 'gift-card' || !voucher) continue
    stored.value += kind.minor
    stored.spent += voucher.uses.reduce((sum, use) => sum + use.amount - use.returned, 0)
    stored.isTouched ||= voucher.uses.length > 0
  }
  return stored
}

/**
 * Takes an award back: points by the rules of refunds (REF-2, REF-3), unused vouchers by revoking them, what is left on gift cards,
 * a badge, a level. Answers false, and takes nothing, where a voucher of it is gone: who has enjoyed an award keeps it (REF-5).
 */
export function takeBack(draft: Draft, program: Program, awards: readonly Award[], given: GivenAward): boolean {
  const isEnjoyed = awards.some(
    (item, index) => item.type === 'reward' && isGone(draft, rewardOf(program, item.reward), partOf(given.id, index)),
  )
  if (isEnjoyed) return false
  for (const [index, item] of awards.entries()) {
    if (given.onlyVouchers && item.type !== 'reward') continue
    const own = { rule: given.rule, id: partOf(given.id, index), on: given.on }
    switch (item.type) {
      case 'amount':
        takeAmount(draft, program, item.asset, item.amount, own)
        break
      case 'reward':
        takeRewardBack(draft, program, rewardOf(program, item.reward), own)
        break
      case 'badge':
        takeBadge(draft, item.badge, own.id)
        break
      case 'tier':
        endLevel(draft, program, item, given.on)
        break
    }
  }
  return true
}

function rewardOf(program: Program, id: string): Reward {
  const reward = program.rewards.get(id)
  if (!reward) throw new Error(`invariant: version ${program.version} of ${program.id} has no reward ${id}`)
  return reward
}

type LevelAward = Extract<Award, { type: 'tier' }>

/** A level for a time, as an override that ends. It never lowers: who holds the level or a higher one gets nothing. */
function grantLevel(draft: Draft, program: Program, { ladder: id, level, keep }: LevelAward): void {
  const judging = judgingOf(draft, program, id, level)
  if (!judging) return
  const held = ladderStateOf(draft.member, id)
  if (held && indexOf(judging.ladder, held.level) >= indexOf(judging.ladder, level)) return
  const until = startOf(addToDay(dayOf(draft.effective), keep))
  judgeLadder(draft, judging.program, judging.ladder, 'override', { override: { level, until } })
}

/** Ends the override that the award made, if it still is the one in force. */
function endLevel(draft: Draft, program: Program, { ladder: id, level, keep }: LevelAward, on: LocalTime): void {
  const judging = judgingOf(draft, program, id, level)
  const override = ladderStateOf(draft.member, id)?.override
  if (!judging || override?.level !== level || override.until !== startOf(addToDay(dayOf(on), keep))) return
  judgeLadder(draft, judging.program, judging.ladder, 'override', { override: null })
}

/**
 * A level of older terms is judged by the version that rules (TRN-4), and is not there where that one has given it up. A version
 * that began before it was published may award what the one that ruled then did not have yet.
 */
function judgingOf({ timeline, effective }: Draft, program: Program, id: string, level: string) {
  const now = programAt(timeline, effective)
  const by = program.version > now.version ? [now, program] : [now]
  for (const judging of by) {
    const ladder = judging.ladders.find((candidate) => candidate.id === id)
    if (ladder?.levels.some((known) => known.id === level)) return { program: judging, ladder }
  }
  return null
}
