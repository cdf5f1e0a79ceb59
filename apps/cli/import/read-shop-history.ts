import { currencyExponentOf } from '@laurel/contract'
import { eventsOfMember } from './history-events.ts'
import { groupInvoices } from './invoices.ts'
import type { Mapping } from './mapping.ts'
import { type Matching, newMatching } from './match-cancellations.ts'
import { newTally, readLines, type Tally } from './read-lines.ts'
import type { MemberEvents } from './send-history.ts'

/** A shop's file as events, members in order of their ids. */
export interface ShopHistory {
  readonly members: readonly MemberEvents[]
  readonly tally: Tally
  readonly matching: Matching
  readonly exponent: number
}

export async function readShopHistory(
  file: string,
  mapping: Mapping,
  onBytes: (bytes: number) => void = () => {},
): Promise<ShopHistory> {
  const exponent = exponentOf(mapping)
  const tally = newTally()
  const matching = newMatching()
  const history = await groupInvoices(readLines(file, mapping, exponent, tally, onBytes), tally)
  const members = [...history].flatMap(([member, invoices]) => {
    const own = eventsOfMember(invoices, mapping, exponent, { tally, matching })
    return own.events.length === 0 ? [] : [{ member, ...own }]
  })
  tally.rejections.sort((a, b) => a.fileLine - b.fileLine)
  return { members, tally, matching, exponent }
}

export function exponentOf({ currency }: Mapping): number {
  const exponent = currencyExponentOf(currency)
  if (exponent !== undefined) return exponent
  throw new Error('invariant: a mapping has a currency that is known')
}
