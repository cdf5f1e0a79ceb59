import { addToDay, dayFromCivil, type Period } from '../../time/local.ts'
import type { ExpiryText } from '../document/assets.ts'
import type { DocumentText } from '../document/document.ts'
import { inOwnWords } from '../own-words.ts'
import { areaAndCity, offsetIn } from '../scalar-zone.ts'
import type { Reading } from '../shape.ts'
import { childOf, type MapTree } from '../syntax-tree.ts'
import { remark } from './remark.ts'

/** What holds for the program as a whole: what its silence means, and refunds against the life of what they take back. */
export function checkWhole(document: DocumentText, reading: Reading): void {
  const { tree, refunds } = document
  const note = (code: Parameters<typeof remark>[3], message: string, instead: string) => {
    remark(reading, 'note', [tree], code, message, instead)
  }
  if (childOf(tree, 'inForce') === undefined) {
    const message =
      '`inForce` is not stated: a first version counts for all that ever was, a later one from its publication'
    note('silent-in-force', message, 'Add `inForce: { from: always }`, or a date')
  }
  if (childOf(tree, 'late') === undefined) {
    const message = '`late` is not stated: facts that come more than 30 days late wait for a person'
    note('silent-late', message, 'Add `late: { accept: P30D }`')
  }
  if (childOf(tree, 'unknownMembers') === undefined) {
    const message = '`unknownMembers` is not stated: events of members whom nobody created are refused'
    note('silent-unknown-members', message, 'Add `unknownMembers: refuse`, or `create`')
  }
  if (childOf(tree, 'leaving') === undefined) {
    const message = '`leaving` is not stated: what a member who leaves still has is forfeited after 30 days'
    note('silent-leaving', message, 'Add `leaving: { forfeitAfter: P30D }`')
  }
  checkZone(tree, document.zone, reading)
  for (const { value: place } of document.places ?? []) checkZone(place.tree, place.zone, reading)
  if (refunds !== null) checkRefunds(document, refunds, reading)
}

/** A zone never changes (TIME-1): one that is an offset, and the other way round than it looks, is told before it counts. */
function checkZone(tree: MapTree, zone: string | null, reading: Reading): void {
  const offset = offsetIn(zone ?? '')
  if (offset === null) return
  const message = `\`${zone}\` is ${offset} all year: in these names the sign is turned round, and there is no summer time`
  remark(
    reading,
    'warning',
    [tree, 'zone'],
    'zone-offset',
    message,
    `${areaAndCity(reading)}: the zone of a program never changes`,
  )
}

type Refunds = NonNullable<DocumentText['refunds']>

function checkRefunds(document: DocumentText, refunds: Refunds, reading: Reading): void {
  const { tree } = refunds
  const silentLimit = childOf(tree, 'limit') === undefined
  if (childOf(tree, 'accept') === undefined) {
    const message = '`accept` is not stated: refunds more than 180 days after the order wait for a person'
    remark(reading, 'note', [tree], 'silent-refunds', message, 'Add `accept: P180D`')
  }
  if (refunds.shortfall === 'debt' && silentLimit) {
    const message = '`limit` is not stated: a refund may leave debt without limit'
    remark(
      reading,
      'note',
      [tree],
      'silent-limit',
      message,
      `Add \`limit: none\`, or the most it may be, for instance \`limit: ${inOwnWords('2000 points', reading.names)}\``,
    )
  }
  if (refunds.shortfall === 'waive' && !silentLimit) {
    const message = 'There is no debt to limit: what is no longer there is waived'
    remark(
      reading,
      'error',
      [tree, 'limit'],
      'limit-without-debt',
      message,
      'Leave `limit` out, or say `shortfall: debt`',
    )
  }
  const limited = new Set<string>()
  for (const { asset } of refunds.limit ?? []) {
    if (reading.names.assets.get(asset)?.kind === 'qualifying') {
      const message = `\`${asset}\` is never spent, so a refund never finds too little of it`
      remark(reading, 'error', [tree, 'limit'], 'qualifying-not-spent', message, 'Limit the debt of what members spend')
    }
    if (limited.has(asset)) {
      const message = `The limit of \`${asset}\` stands here twice`
      remark(reading, 'error', [tree, 'limit'], 'duplicate-item', message, 'Keep one')
    }
    limited.add(asset)
  }
  checkLives(document, refunds.accept ?? { months: 0, days: 180, ms: 0 }, reading)
}

/** REF-7: lots that are gone when a refund may still come are the hard cases; most programs can do without. */
function checkLives(document: DocumentText, accept: Period, reading: Reading): void {
  const longest = daysOf(accept).most
  const check = (expiry: ExpiryText | null, tree: MapTree, keys: readonly string[]) => {
    const least = expiry === null ? null : leastLifeOf(expiry)
    if (least === null || longest < least) return
    const message = `Refunds are accepted for up to ${longest} days, and this can be gone after ${least}`
    const instead = 'Accept refunds for a shorter time than the shortest life, or let this live longer'
    remark(reading, 'warning', [tree, ...keys], 'refunds-outlive-lots', message, instead)
  }
  for (const { id, value } of document.assets ?? []) {
    // What counts for a level is not paid with, and tickets lapse with their draw.
    if (value.kind !== 'qualifying' && value.kind !== 'tickets') check(value.expires, value.tree, ['expires'])
    for (const rule of document.earn ?? []) {
      if (rule.type === 'give' && rule.give.asset === id) check(rule.expires, rule.tree, ['expires'])
    }
  }
  for (const level of (document.tiers ?? []).flatMap((ladder) => ladder.levels)) {
    for (const { id, value } of level.expires ?? []) check(value, level.tree, ['expires', id])
  }
}

/** Fewest days that something lives; null: it goes by nothing that ends. */
function leastLifeOf(expiry: ExpiryText): number | null {
  switch (expiry.type) {
    case 'never':
      return null
    case 'life':
      return daysOf(expiry.life).least
    case 'inactive':
      return daysOf(expiry.inactive).least
    case 'date':
    case 'anniversary':
      return expiry.leastLife === null ? 0 : daysOf(expiry.leastLife).least
  }
}

/** How few and how many days a period can be, over four years with a leap day. */
export function daysOf(period: Period): { readonly least: number; readonly most: number } {
  const hours = Math.ceil(period.ms / 86_400_000)
  let least = Number.POSITIVE_INFINITY
  let most = 0
  const first = dayFromCivil(2023, 1, 1)
  for (let day = first; day < first + 1461; day++) {
    const days = addToDay(day, period) - day + hours
    if (days < least) least = days
    if (days > most) most = days
  }
  return { least, most }
}
