import type { LocalTime } from '../../time/local.ts'
import type { DocumentText } from '../document/document.ts'
import type { CardText, LeaderboardText } from '../document/games.ts'
import type { Named } from '../list-shape.ts'
import type { Reading } from '../shape.ts'
import { checkAudience, disjointTiers } from './audience.ts'
import type { Gifts } from './gifts.ts'
import { checkDates, checkReferrals } from './goals.ts'
import { remark } from './remark.ts'

/** Kinds of assets that a card can take from its holder. */
const onCards = new Set(['spendable', 'stamps'])

export function checkCards(cards: readonly Named<CardText>[], gifts: Gifts | null, reading: Reading): void {
  for (const [index, { id, value: card }] of cards.entries()) {
    const { tree, of, full } = card
    checkAudience(card.for, tree, reading)
    const kind = reading.names.assets.get(of)?.kind
    if (kind !== undefined && !onCards.has(kind)) {
      const message = `A full card takes what is on it, and \`${of}\` is of kind ${kind}`
      remark(reading, 'error', [tree, 'of'], 'card-asset', message, 'Collect an asset of kind: stamps, or spendable')
    } else if (full.asset !== of) {
      const message = `The card collects \`${of}\`, and is full by \`${full.asset}\``
      remark(reading, 'error', [tree, 'full'], 'card-unit', message, `Write it in ${of}`)
    } else if (full.units === 0) {
      remark(reading, 'error', [tree, 'full'], 'card-zero', 'The card is full from the start', `For instance: 10 ${of}`)
    } else if (gifts !== null && !gifts.assets.has(of)) {
      const message = `Nothing gives \`${of}\`: the card is never full`
      remark(
        reading,
        'warning',
        [tree, 'of'],
        'card-never-full',
        message,
        `Let a rule give it, for instance \`give: 1 ${of}\``,
      )
    }
    const first = cards.slice(0, index).find(({ value }) => value.of === of && !disjointTiers(value.for, card.for))
    if (first !== undefined) {
      const message = `\`${first.id}\` and \`${id}\` take the same \`${of}\`: \`${first.id}\` comes first where both are full, so what members get depends on how many come at once`
      const instead = 'Let each collect an asset of its own, or be for other members'
      remark(reading, 'warning', [tree, 'of'], 'cards-share-asset', message, instead)
    }
    const fed = card.give.find((award) => award.type === 'amount' && award.asset === of && award.units >= full.units)
    if (fed !== undefined && full.units > 0 && card.repeat !== 'no') {
      const message = `A full card gives \`${of}\` enough for the next one: it would never end`
      remark(reading, 'error', [tree, 'give'], 'award-endless', message, 'Give less than a full card takes')
    }
  }
}

export function checkLeaderboards(
  boards: readonly Named<LeaderboardText>[],
  document: DocumentText,
  gifts: Gifts | null,
  inForceFrom: LocalTime | null,
  reading: Reading,
): void {
  for (const { value: board } of boards) {
    const { tree, window, measure } = board
    checkAudience(board.for, tree, reading)
    if (window.type === 'dates') checkDates(window, [tree, 'window'], inForceFrom, reading)
    if (measure.type === 'referrals' && document.referral === null) checkReferrals([tree, 'measure'], reading)
    if (measure.type === 'earned' && gifts !== null && !gifts.byDoing.has(measure.of)) {
      const message = `A board counts what orders and activities give by rules, and none gives \`${measure.of}\`: nobody ever stands on it`
      const instead = `Let a rule give it, for instance \`give: 1 ${measure.of}\``
      remark(reading, 'warning', [tree, 'measure'], 'board-never-filled', message, instead)
    }
    let last = 0
    for (const each of board.ranks) {
      if (each.rank.first <= last) {
        const message = `Rank ${each.rank.first} stands here already, in a line above`
        const instead = 'List ranks from the top, each once: 1, 2-3, 4-10'
        remark(reading, 'error', [each.tree, 'rank'], 'ranks-overlap', message, instead)
      }
      last = Math.max(last, each.rank.last)
    }
    if (last > board.top) {
      const message = `The board shows ${board.top} members, and rank ${last} gives something too`
      remark(reading, 'warning', [tree, 'top'], 'ranks-beyond-top', message, `Write ${last} members, or give to fewer`)
    }
  }
}
