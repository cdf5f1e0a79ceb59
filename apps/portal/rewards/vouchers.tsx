import type { OwnCard, OwnVoucher } from '@laurel/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client, isProblem, queryClient } from '../session/client.ts'
import type { Named } from '../session/named.ts'
import { amountText, dayText, momentText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { Sure } from './sure.tsx'

/** What one can use: vouchers with their codes, seats, and places in a line. */
export function Vouchers({
  vouchers,
  named,
  card: { seats },
  onMore,
}: {
  readonly vouchers: readonly OwnVoucher[]
  readonly named: Named
  readonly card: OwnCard
  /** Null: there are no more. */
  readonly onMore: (() => void) | null
}) {
  const isEmpty = vouchers.length + seats.kept.length + seats.waiting.length === 0
  return (
    <section className="column yours">
      <h2 className="column-title">{words.rewards.yours}</h2>
      {isEmpty ? <p className="second">{words.rewards.noVouchers}</p> : null}
      <ul className="rewards">
        {seats.kept.map(({ reward, session, until }) => (
          <li key={`${reward} ${session}`} className="reward">
            <h3>{named.of('rewards', reward)}</h3>
            <p>{words.rewards.keptUntil(momentText(until))}</p>
          </li>
        ))}
        {vouchers.map((voucher) => (
          <VoucherRow key={voucher.id} voucher={voucher} named={named} />
        ))}
        {seats.waiting.map(({ redemption, reward, place }) => (
          <li key={redemption} className="reward">
            <h3>{named.of('rewards', reward)}</h3>
            <p className="second">{words.rewards.number(amountText(place))}</p>
            <LeaveLine redemption={redemption} />
          </li>
        ))}
      </ul>
      {onMore !== null ? (
        <button type="button" className="button plain" onClick={onMore}>
          {words.history.earlier}
        </button>
      ) : null}
    </section>
  )
}

function VoucherRow({ voucher, named }: { readonly voucher: OwnVoucher; readonly named: Named }) {
  const { id, reward, lastDay, left } = voucher
  const reveal = useMutation({ mutationFn: () => client.call('revealSelfCode', { path: { voucher: id } }) })
  return (
    <li className="reward">
      <h3>{named.of('rewards', reward)}</h3>
      <p className="second">
        {lastDay === null ? words.rewards.noEnd : words.rewards.lastDay(dayText(lastDay))}
        {left === null ? null : ` · ${words.rewards.holds(named.money(left))}`}
      </p>
      {reveal.data === undefined ? (
        <button type="button" className="button plain" disabled={reveal.isPending} onClick={() => reveal.mutate()}>
          {words.rewards.showCode}
        </button>
      ) : (
        <div role="status">
          <p className="code">
            <span className="only-read">{words.rewards.code} </span>
            <bdi dir="ltr">{reveal.data.code}</bdi>
          </p>
          <p className="second small">{words.rewards.show}</p>
        </div>
      )}
      <GiveBack voucher={id} />
      {isProblem(reveal.error, 'no-code-left') ? (
        <p className="bad" role="alert">
          {words.rewards.refusals['no-code']}
        </p>
      ) : reveal.error === null ? null : (
        <ProblemView error={reveal.error} />
      )}
    </li>
  )
}

/** An unused one goes back for its price, as far as the program lets it. */
function GiveBack({ voucher }: { readonly voucher: string }) {
  const [isAsked, setAsked] = useState(false)
  const back = useMutation({
    mutationFn: () => client.call('returnSelfVoucher', { path: { voucher } }),
    onSuccess: ({ granted }) => (granted ? queryClient.invalidateQueries() : undefined),
  })
  return (
    <>
      {isAsked ? (
        <Sure
          question={`${words.rewards.giveBack}?`}
          yes={words.rewards.giveBack}
          isBusy={back.isPending}
          onYes={() => {
            setAsked(false)
            back.mutate()
          }}
          onNo={() => setAsked(false)}
        />
      ) : (
        <button type="button" className="link" disabled={back.isPending} onClick={() => setAsked(true)}>
          {words.rewards.giveBack}
        </button>
      )}
      {back.data === undefined || back.data.granted ? null : (
        <p className="second" role="status">
          {words.rewards.refused}
        </p>
      )}
      {back.error === null ? null : <ProblemView error={back.error} />}
    </>
  )
}

function LeaveLine({ redemption }: { readonly redemption: string }) {
  const leave = useMutation({
    mutationFn: () => client.call('leaveSelfLine', { path: { redemption } }),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <>
      <button type="button" className="link" disabled={leave.isPending} onClick={() => leave.mutate()}>
        {words.rewards.leaveLine}
      </button>
      {leave.error === null ? null : <ProblemView error={leave.error} />}
    </>
  )
}
