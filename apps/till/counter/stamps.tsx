import type { Guest } from '@laurel/contract'
import type { Named } from '../session/named.ts'
import { words } from '../words/words.ts'

/** A card of more places is a sentence: nobody counts thirty circles. */
const placesDrawn = 20

/** Cards that fill up, as the cardboard ones looked. */
export function Stamps({ guest, named }: { readonly guest: Guest; readonly named: Named }) {
  return guest.cards.map(({ card, asset, collected, full }) => {
    const on = Math.max(0, Math.min(full, collected))
    const isDrawn = named.isStamps(asset) && full <= placesDrawn
    return (
      <div key={card} className="stamp-card">
        <p className="stamp-head">
          <span>{named.card(card)}</span>
          <span className="second">{words.guest.of(named.amount(on, asset), named.amountOf(full, asset))}</span>
        </p>
        {isDrawn ? (
          <span className="stamps" aria-hidden="true">
            {Array.from({ length: full }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: places have nothing but their number
              <span key={index} className={index < on ? 'stamp on' : 'stamp'} />
            ))}
          </span>
        ) : null}
      </div>
    )
  })
}
