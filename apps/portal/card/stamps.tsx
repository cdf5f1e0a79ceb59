import type { OwnCard } from '@laurel/contract'
import type { Named } from '../session/named.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** A card of more places is a bar: nobody counts thirty circles. */
const placesDrawn = 20

/** Cards that fill up: each stamp drawn, or a bar where what is collected are no stamps. */
export function Stamps({ card: { cards }, named }: { readonly card: OwnCard; readonly named: Named }) {
  return cards.map(({ card, asset, collected, full, missing, times }) => {
    const isDrawn = named.kindOf(asset) === 'stamps' && full <= placesDrawn
    // What is not shown to members has no unit that they know.
    const isTold = named.kindOf(asset) !== null
    const on = Math.max(0, Math.min(full, collected))
    return (
      <section key={card} className="part" aria-label={named.of('cards', card)}>
        <div className="part-head">
          <h2>{named.of('cards', card)}</h2>
          {isTold ? (
            <span className="second">{words.stamps.of(named.amount(on, asset), named.amountOf(full, asset))}</span>
          ) : null}
        </div>
        {isDrawn ? <Places on={on} full={full} /> : <Bar on={on} full={full} />}
        <p className="second">
          {[
            missing === null || missing === 0
              ? words.stamps.full
              : isTold
                ? words.stamps.toGo(named.amountOf(missing, asset))
                : '',
            times > 0 ? words.stamps.times(times, amountText(times)) : '',
          ]
            .filter((text) => text !== '')
            .join(' · ')}
        </p>
      </section>
    )
  })
}

const Places = ({ on, full }: { readonly on: number; readonly full: number }) => (
  <div className="stamps" role="img" aria-label={words.stamps.of(amountText(on), amountText(full))}>
    {Array.from({ length: full }, (_, index) => index + 1).map((place) => (
      <span key={place} className={place <= on ? 'stamp stamped' : 'stamp'}>
        {place <= on ? <Stamp turn={(place * 37) % 24} /> : amountText(place)}
      </span>
    ))}
  </div>
)

/** As a hand puts them: none is quite straight. */
const Stamp = ({ turn }: { readonly turn: number }) => (
  <svg viewBox="0 0 20 20" width="100%" height="100%" style={{ rotate: `${turn - 12}deg` }} aria-hidden="true">
    <circle cx="10" cy="10" r="8.5" fill="none" stroke="currentColor" strokeWidth="1.2" />
    <path
      d="M6 10.4l2.7 2.7L14 7.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)

export const Bar = ({ on, full }: { readonly on: number; readonly full: number }) => (
  <div className="bar" aria-hidden="true">
    <span className="bar-done" style={{ inlineSize: `${Math.min(100, (on / Math.max(1, full)) * 100)}%` }} />
  </div>
)
