import type { LocalTime, Program } from '@laurel/engine'
import { type AuditedOrder, assetOf, type Book, type GivenShare } from './book.ts'
import { giveShare } from './giving.ts'
import { judgeAfterEvent } from './tiers.ts'

/** What is given by name, whoever gives it: points that go the way of earned ones. */

export interface AwardName {
  readonly rule: string
  readonly id: string
}

/** An award's points are its own as an order's are: as if it were an order of nothing else. */
function asOrder(
  program: Program,
  { rule, id }: AwardName,
  asset: string,
  amount: number,
  on: LocalTime,
): AuditedOrder {
  const given: GivenShare = {
    rule,
    asset,
    first: amount,
    now: amount,
    received: true,
    waived: 0,
    priority: assetOf(program, asset)?.burnOrder.length ?? 0,
    expiryOf: '',
    charity: null,
  }
  const nothing = { lines: [], discount: 0, shipping: { total: 0, tax: 0 }, tip: 0, payments: [], tags: [] }
  return {
    key: `award:${id}`,
    content: { order: id, currency: '', rate: null, channel: null, place: null, ...nothing },
    local: on,
    placeLocal: on,
    version: program.version,
    found: { tiers: [], segments: [], tags: [], away: null, past: noPast, room: new Map() },
    given: [given],
    receipts: [],
    refunds: [],
    deliveredOn: null,
    legs: new Map(),
  }
}

const noPast = { orders: 0, spend: 0, lastOn: null, joinedOn: null }

export function giveAwarded(
  book: Book,
  program: Program,
  name: AwardName,
  asset: string,
  amount: number,
  cause: string,
  local: LocalTime,
): void {
  const order = asOrder(program, name, asset, amount, local)
  for (const each of order.given) giveShare(book, program, cause, order, each, amount, local)
  qualifyAwarded(book, program, asset, amount, local, local)
}

function qualifyAwarded(
  book: Book,
  program: Program,
  asset: string,
  change: number,
  home: LocalTime,
  local: LocalTime,
): void {
  for (const { id: ladder, measure } of program.ladders) {
    if (measure.type === 'earned' && measure.asset === asset)
      book.qualifying.push({ ladder, change, home, order: null })
  }
  judgeAfterEvent(book, program, local)
}
