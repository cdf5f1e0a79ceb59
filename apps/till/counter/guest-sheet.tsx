import type { Guest, GuestReward, RedeemedAtTill, SaleToMake, UsedAtTill } from '@laurel/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client, newActName } from '../session/client.ts'
import type { Named } from '../session/named.ts'
import { words } from '../words/words.ts'
import { refusalText } from './refusal.ts'
import { Stamps } from './stamps.tsx'
import { sound } from './tone.ts'

/** What was taken off the sale, in minor units. */
export interface Taken {
  readonly off: number
  readonly byGiftCard: number
}

interface GuestSheetProps {
  readonly guest: Guest
  readonly named: Named
  readonly money: (minor: number) => string
  readonly sale: string
  readonly lines: SaleToMake['lines']
  /** The sale is made: what is used now is for another one. */
  readonly isOver: boolean
  readonly onOther: () => void
  readonly onTaken: (taken: Taken) => void
}

/** Who it is, what they have, and what they can use now. */
export function GuestSheet(props: GuestSheetProps) {
  const { guest, named, money, isOver, onOther } = props
  const [said, setSaid] = useState<Said | null>(null)
  const level = guest.levels.find((each) => each.level !== null)
  const isAway = guest.status !== 'member'
  return (
    <section className="sheet" aria-labelledby="guest-name">
      <div className="sheet-head">
        <div>
          <h1 id="guest-name">{guest.name ?? words.guest.nameless}</h1>
          {level?.level == null ? null : <p className="second">{named.level(level.ladder, level.level)}</p>}
        </div>
        <button type="button" className="button plain" onClick={onOther}>
          {isOver ? words.done.next : words.guest.other}
        </button>
      </div>
      {isAway ? (
        <p className="bad" role="alert">
          {guest.status === 'frozen' ? words.guest.frozen : words.guest.left}
        </p>
      ) : null}
      <dl className="balances">
        {guest.balances
          .filter(({ asset }) => !named.isStamps(asset))
          .map(({ asset, active }) => (
            <div key={asset}>
              <dd className="figure">{named.amount(active, asset)}</dd>
              <dt className="second">{named.unit(active, asset)}</dt>
            </div>
          ))}
      </dl>
      <Stamps guest={guest} named={named} />
      {said === null ? null : (
        <p className={said.isWell ? 'said well' : 'said no'} role="status">
          {said.text}
        </p>
      )}
      {isOver || isAway ? null : <Usable {...props} money={money} onSaid={setSaid} />}
    </section>
  )
}

interface Said {
  readonly text: string
  readonly isWell: boolean
}

function Usable({
  guest,
  named,
  money,
  sale,
  lines,
  onTaken,
  onSaid,
}: GuestSheetProps & { readonly onSaid: (said: Said) => void }) {
  const say = (text: string, isWell: boolean) => {
    sound(isWell ? 'well' : 'no')
    onSaid({ text, isWell })
  }
  const tell = ({ granted, amount, refusal }: Pick<UsedAtTill, 'granted' | 'amount' | 'refusal'>, kind: string) => {
    say(
      granted
        ? amount > 0
          ? words.guest.took(money(amount))
          : words.guest.handOver
        : refusalText(refusal?.code ?? ''),
      granted,
    )
    const isCard = kind === 'gift-card'
    onTaken(granted ? { off: isCard ? 0 : amount, byGiftCard: isCard ? amount : 0 } : { off: 0, byGiftCard: 0 })
  }
  const forSale = (act: string) => ({ act, visit: guest.visit, sale, lines: lines.length === 0 ? null : lines })
  const use = useMutation({
    mutationFn: ({ voucher, act }: { readonly voucher: Guest['vouchers'][number]; readonly act: string }) =>
      client.call('useAtTill', { body: { ...forSale(act), voucher: voucher.id } }),
    onSuccess: (answer, { voucher }) => tell(answer, voucher.kind),
    onError: () => sound('no'),
  })
  const redeem = useMutation({
    mutationFn: ({ reward, act }: { readonly reward: GuestReward; readonly act: string }) =>
      client.call('redeemAtTill', { body: { ...forSale(act), reward: reward.id } }),
    onSuccess: (answer: RedeemedAtTill, { reward }) => {
      const { granted, used } = answer
      if (granted && used?.granted === false) {
        say(`${refusalText(used.refusal?.code ?? '')} ${words.guest.kept}`, false)
        onTaken({ off: 0, byGiftCard: 0 })
      } else tell(used ?? { ...answer, amount: 0 }, reward.kind)
    },
    onError: () => sound('no'),
  })
  const isBusy = use.isPending || redeem.isPending
  const error = use.error ?? redeem.error
  const wanted = guest.rewards.filter(({ refusal }) => refusal === null || refusal === 'short')
  return (
    <>
      {error === null ? null : <ProblemView error={error} />}
      {guest.vouchers.length === 0 ? null : (
        <>
          <h2>{words.guest.inHand}</h2>
          <ul className="rows">
            {guest.vouchers.map((voucher) => (
              <li key={voucher.id} className="row">
                <span className="row-name">
                  {named.reward(voucher.reward)}
                  {voucher.left === null ? null : (
                    <small className="second">{words.guest.holds(money(voucher.left))}</small>
                  )}
                </span>
                <button
                  type="button"
                  className="button"
                  disabled={isBusy}
                  onClick={() => use.mutate({ voucher, act: newActName() })}
                >
                  {words.guest.use}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>{words.guest.usable}</h2>
      {wanted.length === 0 ? <p className="second">{words.guest.nothing}</p> : null}
      <ul className="rows">
        {wanted.map((reward) => (
          <li key={reward.id} className="row">
            <span className="row-name">{named.reward(reward.id, reward.name)}</span>
            {reward.refusal === null ? (
              <button
                type="button"
                className="button"
                disabled={isBusy}
                onClick={() => redeem.mutate({ reward, act: newActName() })}
              >
                {reward.price === null
                  ? words.guest.free
                  : words.guest.redeem(named.amountOf(reward.price.amount, reward.price.asset))}
              </button>
            ) : (
              <span className="second row-missing">
                {words.guest.missing(named.amountOf(reward.missing, reward.price?.asset ?? ''))}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
