import { mulDivOfSum, type Program } from '@laurel/engine'
import type { PartyRow } from './queries.ts'

/** What has gone between one party and the program. */
export interface PartySum {
  readonly kind: 'partner' | 'charity'
  readonly id: string
  readonly amounts: readonly { readonly asset: string; readonly issued: bigint; readonly received: bigint }[]
  /** Minor units that the party owes the program; below zero the program owes. */
  readonly owes: bigint
}

/** The parties of some transfers, by kind and id. Money is rounded once for each version and asset, half-even. */
export function partySums(rows: readonly PartyRow[], programOf: (version: number) => Program): PartySum[] {
  const byParty = Map.groupBy(rows, ({ from_account: from, to_account: to }) => (isParty(from) ? from : to))
  return [...byParty]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, own]) => {
      const kind = account.startsWith('partner:') ? 'partner' : 'charity'
      const id = account.slice(kind.length + 1)
      const amounts = new Map<string, { asset: string; issued: bigint; received: bigint }>()
      let owes = 0n
      const byTerms = Map.groupBy(own, ({ asset, version }) => `${version}/${asset}`)
      for (const rowsOfTerms of byTerms.values()) {
        const [first] = rowsOfTerms
        if (first === undefined) continue
        const { asset, version } = first
        const sum = amounts.get(asset) ?? { asset, issued: 0n, received: 0n }
        amounts.set(asset, sum)
        const before = sum.issued - sum.received
        for (const row of rowsOfTerms) add(sum, kind, row)
        owes += moneyOf(programOf(version), kind, id, asset, sum.issued - sum.received - before)
      }
      return { kind, id, owes, amounts: [...amounts.values()].sort((a, b) => (a.asset < b.asset ? -1 : 1)) }
    })
}

const isParty = (account: string): boolean => account.startsWith('partner:') || account.startsWith('charity:')

function add(sum: { issued: bigint; received: bigint }, kind: PartySum['kind'], row: PartyRow): void {
  const leaves = isParty(row.from_account)
  const other = leaves ? row.to_account : row.from_account
  const amount = BigInt(row.amount)
  // Of a partner, what goes to and comes from `issued` was earned there; a charity only ever gets.
  if (kind === 'partner' && other === 'issued') sum.issued += leaves ? amount : -amount
  else sum.received += leaves ? -amount : amount
}

/** By the partner's rate, or by what the asset is worth; money itself is what it is. */
function moneyOf(program: Program, kind: PartySum['kind'], id: string, asset: string, amount: bigint): bigint {
  if (asset === program.currency.code) return amount
  const settles = kind === 'partner' ? program.partners.get(id)?.settles : undefined
  if (settles) return settles.asset === asset ? mulDivOfSum(amount, settles.minor, settles.amount, 'half-even') : 0n
  if (kind === 'partner') return 0n
  const worth = program.assets.find((candidate) => candidate.id === asset)?.worth
  return worth ? mulDivOfSum(amount, worth.minor, worth.amount, 'half-even') : 0n
}
