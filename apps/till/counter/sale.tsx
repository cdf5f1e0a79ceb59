import type { SaleToMake, TillState } from '@laurel/contract'
import { words } from '../words/words.ts'
import { type Basket, totalOf, withDigits, withItem, withoutDigit } from './basket.ts'
import type { Taken } from './guest-sheet.tsx'
import { Keys } from './keys.tsx'

interface SaleProps {
  readonly till: TillState
  readonly money: (minor: number) => string
  readonly basket: Basket
  readonly lines: SaleToMake['lines']
  readonly taken: Taken
  readonly isReady: boolean
  readonly isRecording: boolean
  readonly onChange: (basket: Basket) => void
  readonly onRecord: () => void
}

/** What is bought: items by a touch, or the amount as the other till says it. */
export function Sale(props: SaleProps) {
  const { till, money, basket, lines, taken, isReady, isRecording, onChange, onRecord } = props
  const total = totalOf(lines)
  const off = Math.min(taken.off, total)
  const byGiftCard = Math.min(taken.byGiftCard, total - off)
  const why = isReady ? (total === 0 ? words.sale.noAmount : null) : words.sale.noGuest
  const record = () => {
    if (why === null && !isRecording) onRecord()
  }
  return (
    <section className="sheet" aria-labelledby="sale-title">
      <h2 id="sale-title" className="sale-title">
        {words.sale.title}
      </h2>
      {till.items.length === 0 ? null : (
        <ul className="items" aria-label={words.sale.items}>
          {till.items.map((item) => {
            const count = basket.counts.get(item.sku) ?? 0
            return (
              <li key={item.sku} className="item">
                <button type="button" className="item-add" onClick={() => onChange(withItem(basket, item.sku, 1))}>
                  <span className="item-name">{item.name}</span>
                  <span className="second">{count === 0 ? money(item.price) : `${count} × ${money(item.price)}`}</span>
                </button>
                {count === 0 ? null : (
                  <button
                    type="button"
                    className="item-less"
                    aria-label={words.sale.remove(item.name)}
                    onClick={() => onChange(withItem(basket, item.sku, -1))}
                  >
                    −
                  </button>
                )}
              </li>
            )
          })}
        </ul>
      )}
      <div className="amount">
        <p className="amount-line">
          <span className="second">{words.sale.amount}</span>
          <output className="figure">{money(basket.typed)}</output>
        </p>
        <Keys
          erase={words.sale.erase}
          twoZeros
          onDigit={(digits) => onChange(withDigits(basket, digits))}
          onErase={() => onChange(withoutDigit(basket))}
          onEnter={record}
        />
      </div>
      <dl className="sums">
        <Sum name={words.sale.total} text={money(total)} />
        {off === 0 ? null : <Sum name={words.sale.off} text={`−${money(off)}`} />}
        {byGiftCard === 0 ? null : <Sum name={words.sale.byGiftCard} text={`−${money(byGiftCard)}`} />}
        {off + byGiftCard === 0 ? null : <Sum name={words.sale.toPay} text={money(total - off - byGiftCard)} />}
      </dl>
      {why === null ? null : <p className="second why">{why}</p>}
      <button type="button" className="button big record" disabled={why !== null || isRecording} onClick={record}>
        {words.sale.record(money(total - off - byGiftCard))}
      </button>
    </section>
  )
}

const Sum = ({ name, text }: { readonly name: string; readonly text: string }) => (
  <div className="sum">
    <dt>{name}</dt>
    <dd>{text}</dd>
  </div>
)
