import type { Guest, SaleMade, TillState } from '@laurel/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client, isWithoutLine, newActName, queryClient, stateKey } from '../session/client.ts'
import { type Copy, type GuestWithoutLine, noteHonoured } from '../session/known.ts'
import { namedBy } from '../session/named.ts'
import { KeepsNothing, keepSale } from '../session/outbox.ts'
import { moneyText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { Acts } from './acts.tsx'
import { type Basket, emptyBasket, linesOf } from './basket.ts'
import { Done, Kept } from './done.tsx'
import { Find } from './find.tsx'
import { GuestSheet, type Taken } from './guest-sheet.tsx'
import { Sale } from './sale.tsx'
import { sound } from './tone.ts'
import { UnknownSheet } from './unknown-sheet.tsx'

const nothing: Taken = { off: 0, byGiftCard: 0 }

/** One guest at a time: who it is, what they can use, what they buy, done. */
export function Counter({ till }: { readonly till: TillState }) {
  const [guest, setGuest] = useState<Guest | null>(null)
  const [unknown, setUnknown] = useState<GuestWithoutLine | null>(null)
  const [honoured, setHonoured] = useState<readonly Copy[]>([])
  const [sale, setSale] = useState(newActName)
  const [basket, setBasket] = useState<Basket>(emptyBasket)
  const [taken, setTaken] = useState<Taken>(nothing)
  const [made, setMade] = useState<SaleMade | 'kept' | null>(null)
  const lines = linesOf(basket, till.items)
  const { code, exponent } = till.currency
  const money = (minor: number) => moneyText(minor, code, exponent)

  const next = () => {
    setGuest(null)
    setUnknown(null)
    setHonoured([])
    setSale(newActName())
    setBasket(emptyBasket)
    setTaken(nothing)
    setMade(null)
    record.reset()
    keep.reset()
  }
  const look = useMutation({
    mutationFn: ({ visit }: Guest) => client.call('findGuest', { body: { visit }, idempotencyKey: newActName() }),
    onSuccess: setGuest,
  })
  const keep = useMutation({
    mutationFn: async (who: GuestWithoutLine['guest']) => {
      await noteHonoured(till, honoured)
      await keepSale(till.till, { sale, guest: who, lines, copies: honoured.map(({ signed }) => signed) })
    },
    onSuccess: () => {
      sound('well')
      setMade('kept')
    },
    onError: () => sound('no'),
  })
  const record = useMutation({
    mutationFn: ({ visit }: Guest) => client.call('sellAtTill', { body: { sale, visit, lines } }),
    onSuccess: (answer, { visit }) => {
      sound('well')
      setMade(answer)
      if (guest?.visit === visit) look.mutate(guest)
    },
    onError: (error, { visit }) => {
      if (!isWithoutLine(error)) return sound('no')
      // Whether it came through or not: under its name it counts once.
      void queryClient.invalidateQueries({ queryKey: stateKey })
      keep.mutate({ visit })
    },
  })
  const error = keep.error ?? (isWithoutLine(record.error) ? null : record.error) ?? look.error
  const known = guest === null ? null : namedBy(guest.words, money)

  return (
    <main className="counter">
      <div className="column">
        {guest !== null && known !== null ? (
          <GuestSheet
            guest={guest}
            named={known}
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
        ) : unknown !== null ? (
          <UnknownSheet
            till={till}
            unknown={unknown}
            honoured={honoured}
            money={money}
            isOver={made !== null}
            onOther={next}
            onHonour={(copy) => {
              setHonoured([...honoured, copy])
              setTaken(({ off, byGiftCard }) => ({ off: off + copy.says.off, byGiftCard }))
            }}
          />
        ) : (
          <Find till={till} onFound={setGuest} onUnknown={setUnknown} />
        )}
        {error === null ? null : error instanceof KeepsNothing ? (
          <p className="bad" role="alert">
            {words.line.keepsNothing}
          </p>
        ) : (
          <ProblemView error={error} />
        )}
      </div>
      <div className="column">
        {made === null ? (
          <Sale
            till={till}
            money={money}
            basket={basket}
            lines={lines}
            taken={taken}
            isReady={guest !== null || unknown !== null}
            isRecording={record.isPending || keep.isPending}
            onChange={setBasket}
            onRecord={() => {
              if (guest !== null) record.mutate(guest)
              else if (unknown !== null) keep.mutate(unknown.guest)
            }}
          />
        ) : made === 'kept' ? (
          <Kept onNext={next} />
        ) : (
          <Done
            made={made}
            money={money}
            named={known}
            onNext={next}
            onUndone={() => guest !== null && look.mutate(guest)}
          />
        )}
        {guest === null && unknown === null ? <Acts money={money} /> : null}
      </div>
    </main>
  )
}
