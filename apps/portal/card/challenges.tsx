import type { OwnCard } from '@laurel/contract'
import type { Named } from '../session/named.ts'
import { amountText, dayText, lastDayText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { Bar } from './stamps.tsx'

interface Shown {
  readonly card: OwnCard
  readonly named: Named
}

export function Challenges({ card: { challenges }, named }: Shown) {
  if (challenges.length === 0) return null
  return (
    <section className="part">
      <h2>{words.challenges.title}</h2>
      <ul className="goals">
        {challenges.map(({ challenge, progress, target, met, until, streak }) => (
          <Goal
            key={challenge}
            name={named.of('challenges', challenge)}
            {...{ progress, target, until }}
            isMet={met > 0 && target === null}
            more={streak === null ? null : words.challenges.streak(amountText(streak.count), amountText(streak.reach))}
          />
        ))}
      </ul>
    </section>
  )
}

export function Offers({ card: { offers }, named }: Shown) {
  const open = offers.filter(({ status }) => status !== 'over')
  if (open.length === 0) return null
  return (
    <section className="part">
      <h2>{words.challenges.offers}</h2>
      <ul className="goals">
        {open.map(({ receipt, offer, progress, target, until, status }) => (
          <Goal
            key={receipt}
            name={named.of('offers', offer)}
            {...{ progress, target, until }}
            isMet={status === 'completed'}
            more={null}
          />
        ))}
      </ul>
    </section>
  )
}

function Goal({
  name,
  progress,
  target,
  until,
  isMet,
  more,
}: {
  readonly name: string
  readonly progress: number
  readonly target: number | null
  readonly until: string | null
  readonly isMet: boolean
  readonly more: string | null
}) {
  return (
    <li>
      <div className="part-head">
        <strong>{name}</strong>
        <span className="second">{until === null ? null : words.challenges.until(lastDayText(until))}</span>
      </div>
      {target === null ? null : <Bar on={progress} full={target} />}
      <p className="second">
        {isMet
          ? words.challenges.met
          : target === null
            ? null
            : words.challenges.of(amountText(progress), amountText(target))}
        {more === null ? null : ` ${more}`}
      </p>
    </li>
  )
}

export function Badges({ card: { badges }, named }: Shown) {
  if (badges.length === 0) return null
  return (
    <section className="part">
      <h2>{words.challenges.badges}</h2>
      <ul className="rows">
        {badges.map(({ badge, since, period }) => (
          <li key={`${badge} ${period}`}>
            <strong>{named.of('badges', badge)}</strong>
            <span className="second">{words.challenges.badgeSince(dayText(since))}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
