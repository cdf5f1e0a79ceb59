import type { Guest, SaleMade, TillState } from '@laurel/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client, newActName } from '../session/client.ts'
import { namedBy } from '../session/named.ts'
import { moneyText } from '../words/format.ts'
import { Acts } from './acts.tsx'
import { type Basket, emptyBasket, linesOf } from './basket.ts'
import { Done } from './done.tsx'
import { Find } from './find.tsx'
import { GuestSheet, type Taken } from './guest-sheet.tsx'
import { Sale } from './sale.tsx'
import { sound } from './tone.ts'

/** One guest at a time: who it is, what they can use, what they buy, done. */
export function Counter({ till }: { readonly till: TillState }) {
  const [guest, setGuest] = useState<Guest | null>(null)
  const [sale, setSale] = useState(newActName)
  const [basket, setBasket] = useState<Basket>(emptyBasket)
  const [taken, setTaken] = useState<Taken>({ off: 0, byGiftCard: 0 })
  const [made, setMade] = useState<SaleMade | null>(null)
  const lines = linesOf(basket, till.items)
  const { code, exponent } = till.currency
  const money = (minor: number) => moneyText(minor, code, exponent)

  const next = () => {
    setGuest(null)
    setSale(newActName())
    setBasket(emptyBasket)
    setTaken({ off: 0, byGiftCard: 0 })
    setMade(null)
    record.reset()
  }
  const look = useMutation({
    mutationFn: ({ visit }: Guest) => client.call('findGuest', { body: { visit }, idempotencyKey: newActName() }),
    onSuccess: setGuest,
  })
  const record = useMutation({
    mutationFn: ({ visit }: Guest) => client.call('sellAtTill', { body: { sale, visit, lines } }),
    onSuccess: (answer, { visit }) => {
      sound('well')
      setMade(answer)
      if (guest?.visit === visit) look.mutate(guest)
    },
    onError: () => sound('no'),
  })
  const error = record.error ?? look.error
  return (
    <main className="counter">
      <div className="column">
        {guest === null ? (
          <Find onFound={setGuest} />
        ) : (
          <GuestSheet
            guest={guest}
            named={namedBy(guest.words, money)}
            money={money}
            sale={sale}
            lines={lines}
            isOver={made !== null}
            onOther={next}
            onTaken={(more) => {
              setTaken(({ off, byGiftCard }) => ({ off: off + more.off, byGiftCard: byGiftCard + more.byGiftCard }))
              look.mutate(guest)
            }}
          />
        )}
        {error === null ? null : <ProblemView error={error} />}
      </div>
      <div className="column">
        {made === null ? (
          <Sale
            till={till}
            money={money}
            basket={basket}
            lines={lines}
            taken={taken}
            isReady={guest !== null}
            isRecording={record.isPending}
            onChange={setBasket}
            onRecord={() => guest !== null && record.mutate(guest)}
          />
        ) : (
          <Done
            made={made}
            money={money}
            named={guest === null ? null : namedBy(guest.words, money)}
            onNext={next}
            onUndone={() => guest !== null && look.mutate(guest)}
          />
        )}
        {guest === null ? <Acts money={money} /> : null}
      </div>
    </main>
  )
}
