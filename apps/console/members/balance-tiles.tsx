import type { Balance, Lots, MemberAnswer } from '@laurel/contract'
import { type Named, wordsOf } from '../session/vocabulary.ts'
import { dayText } from '../words/format.ts'
import { words } from '../words/words.ts'

interface Tile {
  readonly label: string
  readonly figure: string
  readonly unit: string
  readonly sentence: string
}

/** What there is of each asset, and what of it is not usable, owed, or lapses next. */
export function BalanceTiles({
  member,
  lots,
  named,
}: {
  readonly member: MemberAnswer
  readonly lots: Lots['lots']
  readonly named: Named
}) {
  const tiles = member.balances.flatMap((balance) => tilesOf(balance, lots, named, member.balances.length > 1))
  return (
    <div className="tiles">
      {tiles.map(({ label, figure, unit, sentence }) => (
        <div key={label} className="tile">
          <p className="small">{label}</p>
          <p className="figure">
            {figure} <span className="unit">{unit}</span>
          </p>
          <p className="small second">{sentence}</p>
        </div>
      ))}
    </div>
  )
}

function tilesOf(balance: Balance, lots: Lots['lots'], named: Named, isOneOfSeveral: boolean): Tile[] {
  const { asset, active, pending, held, debt } = balance
  const kind = named.kindOf(asset)
  const tellings = words.memberRoom.tiles
  // What is there needs no other name than its own; what else can be said of it stands beside it.
  const name = wordsOf(named.asset(asset))
  const label = (text: string) =>
    !isOneOfSeveral ? text : text === tellings.balance ? name : `${name}: ${text.toLowerCase()}`
  const tile = (text: string, units: number, sentence: string): Tile => ({
    ...{ label: label(text), sentence },
    ...{ figure: named.amount(units, asset), unit: isOneOfSeveral ? '' : named.asset(asset) },
  })
  const lapsing = kind === 'qualifying' ? null : lapsingNext(lots.filter((lot) => lot.asset === asset))
  return [
    tile(tellings.balance, active, kind === null ? '' : words.memberRoom.useOf[kind]),
    ...(pending === 0
      ? []
      : [tile(tellings.pending, pending, kind === 'qualifying' ? tellings.notCounted : tellings.notUsable)]),
    ...(held === 0 ? [] : [tile(tellings.held, held, tellings.heldFor)]),
    ...(debt === 0 ? [] : [tile(tellings.owed, debt, tellings.repaid)]),
    ...(lapsing === null ? [] : [tile(tellings.lapsesNext, lapsing.amount, tellings.after(dayText(lapsing.day)))]),
  ]
}

/** Everything whose last day is the first of all, whatever class it is burnt in. */
function lapsingNext(lots: Lots['lots']): { readonly day: string; readonly amount: number } | null {
  const [day] = lots.flatMap(({ lapsesAfter }) => lapsesAfter ?? []).toSorted()
  if (day === undefined) return null
  return { day, amount: lots.reduce((sum, lot) => sum + (lot.lapsesAfter === day ? lot.amount : 0), 0) }
}
