import type { OwnCard } from '@laurel/contract'
import type { Named } from '../session/named.ts'
import { amountText, dayText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** More lines say no more than how many there are. */
const linesShown = 6

/** What is on its way, and what lapses when; the days of one last day stand together. */
export function Lapses({ card: { lots, pending }, named }: { readonly card: OwnCard; readonly named: Named }) {
  const days = byDay(lots)
  if (days.length === 0 && pending.length === 0) return null
  return (
    <>
      {pending.length === 0 ? null : (
        <section className="part">
          <h2>{words.lapses.pendingTitle}</h2>
          <ul className="rows">
            {pending.slice(0, linesShown).map(({ asset, amount, activeOn, order }) => (
              <li key={`${order} ${asset} ${activeOn}`}>
                <strong>{named.amountOf(amount, asset)}</strong>
                <span className="second">{words.lapses.pendingOn(dayText(activeOn))}</span>
              </li>
            ))}
          </ul>
          <More count={pending.length - linesShown} />
        </section>
      )}
      {days.length === 0 ? null : (
        <section className="part">
          <h2>{words.lapses.title}</h2>
          <ul className="rows">
            {days.slice(0, linesShown).map(({ asset, amount, day, isIdle }) => (
              <li key={`${asset} ${day}`}>
                <strong>{named.amountOf(amount, asset)}</strong>
                <span className="second">
                  {day === null ? words.lapses.never : words.lapses.after(dayText(day))}
                  {isIdle ? `; ${words.lapses.idle}` : null}
                </span>
              </li>
            ))}
          </ul>
          <More count={days.length - linesShown} />
        </section>
      )}
    </>
  )
}

const More = ({ count }: { readonly count: number }) =>
  count > 0 ? <p className="second">{words.lapses.more(count, amountText(count))}</p> : null

interface Lapsing {
  readonly asset: string
  readonly day: string | null
  readonly amount: number
  readonly isIdle: boolean
}

function byDay(lots: OwnCard['lots']): Lapsing[] {
  const found = new Map<string, Lapsing>()
  for (const { asset, amount, lastDay, lapsesAfter } of lots) {
    const key = `${lapsesAfter ?? '9999'} ${asset}`
    const known = found.get(key)
    const isIdle = lastDay === 'idle' || known?.isIdle === true
    found.set(key, { asset, day: lapsesAfter, amount: amount + (known?.amount ?? 0), isIdle })
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, lapsing]) => lapsing)
}
