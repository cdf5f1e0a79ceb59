import { dayOf, dayText, type LocalTime } from '../../time/local.ts'
import { endOf } from '../compile/parts.ts'
import type { DocumentText } from '../document/document.ts'
import type { CardText, DrawText, LeaderboardText } from '../document/games.ts'
import type { Named, Reading } from '../shape.ts'
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
  inForceFrom: LocalTime | null,
  reading: Reading,
): void {
  for (const { value: board } of boards) {
    const { tree, window, measure } = board
    checkAudience(board.for, tree, reading)
    if (window.type === 'dates') checkDates(window, [tree, 'window'], inForceFrom, reading)
    if (measure.type === 'referrals' && document.referral === null) checkReferrals([tree, 'measure'], reading)
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

export function checkDraws(
  draws: readonly Named<DrawText>[],
  gifts: Gifts | null,
  inForceFrom: LocalTime | null,
  reading: Reading,
): void {
  for (const { value: draw } of draws) {
    const { tree, of, window } = draw
    checkAudience(draw.for, tree, reading)
    const asset = reading.names.assets.get(of)
    if (gifts !== null && !gifts.assets.has(of)) {
      const message = `Nothing gives \`${of}\`: there is nobody to draw`
      remark(
        reading,
        'warning',
        [tree, 'of'],
        'draw-without-tickets',
        message,
        `Let a rule give it, for instance \`give: 1 ${of}\``,
      )
    }
    const close = dayText(dayOf(endOf(window.through) - 1)).slice('YYYY-'.length)
    const isFirst = inForceFrom !== null && window.from.local <= inForceFrom
    if (asset?.kind === 'tickets' && asset.neverLapses && !isFirst) {
      const message = `\`${of}\` never lapse: what came before this draw is an entry in it, and will be in the next one`
      const instead = `Let \`${of}\` lapse with the draw: \`expires: { date: ${close} }\``
      remark(reading, 'warning', [tree, 'window'], 'draw-of-old-tickets', message, instead)
    }
    const lapse = asset?.lapsesOn ?? null
    if (lapse !== null && lapse !== close && endOf(window.through) > window.from.local) {
      const message = `\`${of}\` lapse on ${lapse}, and the draw closes on ${close}: an entry is what is there at the close, and it stays one in the next draw`
      const instead = `Let \`${of}\` lapse with the draw: \`expires: { date: ${close} }\``
      remark(reading, 'warning', [tree, 'window'], 'draw-of-old-tickets', message, instead)
    }
    if (endOf(window.through) <= window.from.local) {
      const message = 'It ends before it begins'
      const instead = 'Let `through` be a later day than `from`'
      remark(reading, 'error', [window.tree, 'through'], 'draw-never-open', message, instead)
    } else if (inForceFrom !== null && endOf(window.through) <= inForceFrom) {
      const message = 'This is over before the program is in force'
      remark(reading, 'warning', [window.tree, 'through'], 'during-over', message, 'Take it out, or let it end later')
    }
  }
}
