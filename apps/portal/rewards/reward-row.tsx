import type { OwnCard, OwnReward, RedeemedAnswer } from '@laurel/contract'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client, newActName, queryClient } from '../session/client.ts'
import { type Named, textOf } from '../session/named.ts'
import { amountText, momentText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { KindMark } from './kind-mark.tsx'
import { Sure } from './sure.tsx'

/** Farther away, what is missing says only that it is far. */
const withinReach = 0.5

interface Chosen {
  readonly session: string | null
  readonly wait: boolean
}

/** One reward: what it is, what it costs this member, and the one thing that can be done about it. */
export function RewardRow({
  reward,
  named,
  card,
}: {
  readonly reward: OwnReward
  readonly named: Named
  readonly card: OwnCard
}) {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  // One wish, however often it is sent: a line that breaks off costs nobody twice. Another choice is another wish.
  const acts = useRef(new Map<string, string>())
  const actOf = ({ session, wait }: Chosen): string => {
    const wish = JSON.stringify([session, wait])
    const name = acts.current.get(wish) ?? newActName()
    acts.current.set(wish, name)
    return name
  }
  const redeem = useMutation({
    mutationFn: (wish: Chosen) =>
      client.call('redeemSelf', { body: { reward: reward.id, ...wish }, idempotencyKey: actOf(wish) }),
    onSuccess: async () => {
      acts.current.clear()
      setChosen(null)
      await queryClient.invalidateQueries()
    },
  })
  const { price, missing, refusal, left, sentences, charity, kind } = reward
  const name = textOf(reward.name) ?? reward.id
  const priceText = price === null ? words.rewards.free : named.amountOf(price.amount, price.asset)
  const isNear = price !== null && missing > 0 && missing <= price.amount * withinReach
  const choose = (session: string | null, wait = false) => {
    redeem.reset()
    setChosen({ session, wait })
  }
  return (
    <li className="reward">
      <div className="reward-head">
        <span className="reward-mark">
          <KindMark kind={kind} />
        </span>
        <div>
          <h2>{name}</h2>
          <p className="second">
            {priceText}
            {left === null ? null : ` · ${words.rewards.left(left, amountText(left))}`}
          </p>
        </div>
      </div>
      <div role="status">
        {redeem.data === undefined ? null : (
          <p className={redeem.data.granted || redeem.data.waiting !== null ? 'good' : 'bad'}>
            {answerText(redeem.data, reward, name, named)}
          </p>
        )}
      </div>
      {isNear ? <p className="near">{words.rewards.toGo(named.amountOf(missing, price.asset))}</p> : null}
      {reward.sessions.map((session) => (
        <SessionRow key={session.id} {...{ session, reward, priceText, card }} onChoose={choose} />
      ))}
      {reward.sessions.length > 0 ? null : refusal === null ? (
        <button type="button" className="button" onClick={() => choose(null)}>
          {price === null
            ? words.rewards.take
            : charity === null
              ? words.rewards.redeem(priceText)
              : words.rewards.donate(priceText)}
        </button>
      ) : refusal === 'short' ? null : (
        <p className="second">{refusalText(refusal)}</p>
      )}
      {chosen === null ? null : (
        <Sure
          question={words.rewards.sure(chosen.wait ? words.rewards.free : priceText, name)}
          yes={chosen.wait ? words.rewards.wait : words.rewards.yes}
          isBusy={redeem.isPending}
          onYes={() => redeem.mutate(chosen)}
          onNo={() => setChosen(null)}
        />
      )}
      {redeem.error === null ? null : <ProblemView error={redeem.error} />}
      {sentences.length === 0 ? null : (
        <details>
          <summary>{words.rewards.details}</summary>
          <ul className="sentences">
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

function SessionRow({
  session,
  reward,
  priceText,
  card,
  onChoose,
}: {
  readonly session: OwnReward['sessions'][number]
  readonly reward: OwnReward
  readonly priceText: string
  readonly card: OwnCard
  readonly onChoose: (session: string, wait?: boolean) => void
}) {
  const { id, starts, place, left, refusal } = session
  const isHere = (seat: { readonly reward: string; readonly session: string }) =>
    seat.reward === reward.id && seat.session === id
  const waiting = card.seats.waiting.find(isHere)
  const where = textOf(place)
  return (
    <div className="session">
      <div>
        <strong>{momentText(starts)}</strong>
        <p className="second">
          {where === undefined ? null : `${where} · `}
          {words.rewards.seats(left, amountText(left))}
        </p>
      </div>
      {card.seats.booked.some(isHere) ? (
        <p className="good">{words.rewards.booked}</p>
      ) : waiting !== undefined ? (
        <p className="second">{words.rewards.number(amountText(waiting.place))}</p>
      ) : refusal === null ? (
        <button type="button" className="button plain" onClick={() => onChoose(id)}>
          {reward.price === null ? words.rewards.take : words.rewards.book(priceText)}
        </button>
      ) : refusal === 'sold-out' && reward.waitingList ? (
        <button type="button" className="button plain" onClick={() => onChoose(id, true)}>
          {words.rewards.wait}
        </button>
      ) : refusal === 'short' ? null : (
        <p className="second">{refusalText(refusal)}</p>
      )}
    </div>
  )
}

function refusalText(code: string): string {
  const refusals: Readonly<Record<string, string>> = words.rewards.refusals
  return refusals[code] ?? words.rewards.refused
}

function answerText(
  { granted, refusal, waiting }: RedeemedAnswer,
  reward: OwnReward,
  name: string,
  named: Named,
): string {
  if (granted && reward.charity !== null) return words.rewards.thanks(named.of('charities', reward.charity))
  if (granted) return reward.sessions.length > 0 ? words.rewards.booked : words.rewards.done(name)
  if (waiting !== null) return words.rewards.inLine(amountText(waiting))
  if (refusal?.code === 'short' && refusal.shortBy !== null && reward.price !== null)
    return words.rewards.toGo(named.amountOf(refusal.shortBy, reward.price.asset))
  return refusalText(refusal?.code ?? '')
}
