import type { Lots as LotsAnswer } from '@laurel/contract'
import type { Named } from '../session/vocabulary.ts'
import { dayText, monthText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** More months than this are added up in the last line. */
const monthsShown = 12

/** What can be used, by the month in which it lapses: what lapses first is used first. */
export function Lots({
  lots: { lots, pending },
  named,
}: {
  readonly lots: LotsAnswer & { readonly member: string }
  readonly named: Named
}) {
  const usable = lots.filter(({ asset }) => named.kindOf(asset) !== 'qualifying')
  const assets = [...new Set(usable.map(({ asset }) => asset))]
  return (
    <section>
      <div className="aside-head">
        <h2>{words.lots.title}</h2>
        <p className="small third">{words.lots.order}</p>
      </div>
      {usable.length === 0 ? <p className="second">{words.lots.nothing}</p> : null}
      {assets.map((asset) => (
        <LotsOf
          key={asset}
          asset={asset}
          lots={usable.filter((lot) => lot.asset === asset)}
          named={named}
          isNamed={assets.length > 1}
        />
      ))}
      {Object.entries(Object.groupBy(pending, ({ asset }) => asset)).map(([asset, of = []]) => (
        <p key={asset} className="small second">
          {words.lots.pending(
            named.amountOf(sumOf(of), asset),
            dayText(of.map(({ activeOn }) => activeOn).toSorted()[0] ?? ''),
          )}
        </p>
      ))}
    </section>
  )
}

function LotsOf({
  asset,
  lots,
  named,
  isNamed,
}: {
  readonly asset: string
  readonly lots: LotsAnswer['lots']
  readonly named: Named
  readonly isNamed: boolean
}) {
  const months = Object.entries(Object.groupBy(lots, ({ lapsesAfter }) => lapsesAfter?.slice(0, 7) ?? '')).toSorted(
    // What never lapses is used last.
    ([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1),
  )
  const shown = months.slice(0, monthsShown).map(([month, of = []]) => ({ month, amount: sumOf(of), of }))
  const rest = sumOf(months.slice(monthsShown).flatMap(([, of = []]) => of))
  const most = Math.max(1, ...shown.map(({ amount }) => amount))
  return (
    <>
      {isNamed ? <h3>{named.asset(asset)}</h3> : null}
      <ul className="lots">
        {shown.map(({ month, amount, of }, index) => (
          <li key={month}>
            <span>{month === '' ? words.lots.never : monthText(`${month}-01`)}</span>
            <span className="lot-bar" aria-hidden="true">
              <span
                className={index === 0 && month !== '' ? 'lot-next' : ''}
                style={{ width: `${(amount / most) * 100}%` }}
              />
            </span>
            <span className="number">{named.amount(amount, asset)}</span>
            <span className="small third lot-days">
              {month === ''
                ? ''
                : words.lots.lapse(
                    [...new Set(of.map(({ lapsesAfter }) => dayText(lapsesAfter ?? '')))].slice(0, 3).join(', '),
                  )}
            </span>
          </li>
        ))}
        {rest === 0 ? null : (
          <li>
            <span>{words.lots.later}</span>
            <span />
            <span className="number">{named.amount(rest, asset)}</span>
          </li>
        )}
      </ul>
    </>
  )
}

const sumOf = (lots: readonly { readonly amount: number }[]) => lots.reduce((sum, { amount }) => sum + amount, 0)
