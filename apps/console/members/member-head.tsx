import type { MemberAnswer } from '@laurel/contract'
import type { Named } from '../session/vocabulary.ts'
import { dayText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** Who it is, which levels they hold, and whether anything keeps them from earning or redeeming. */
export function MemberHead({ member, named }: { readonly member: MemberAnswer; readonly named: Named }) {
  const { id, profile, tiers, status, mark, joinedOn, left } = member
  const name = profile.name ?? id
  const known = [
    id === name ? null : id,
    profile.phone,
    joinedOn === null ? null : words.memberRoom.since(dayText(joinedOn)),
  ]
  return (
    <div className="member-head">
      <span className="member-letter" aria-hidden="true">
        {name.slice(0, 1).toUpperCase()}
      </span>
      <div>
        <h1>{name}</h1>{' '}
        {tiers.map(({ ladder, level, toStay, atRisk }) => (
          <span key={ladder} className={atRisk ? 'chip warning' : 'chip'}>
            {toStay === null
              ? named.level(ladder, level)
              : words.memberRoom.levelUntil(named.level(ladder, level), dayText(toStay.until))}
            {atRisk ? `, ${words.tier.atRiskShort}` : ''}
          </span>
        ))}
        {status === 'frozen' ? <span className="chip warning">{words.memberRoom.frozen}</span> : null}
        {status === 'left' ? (
          <span className="chip warning">
            {left?.forfeitsOn == null ? words.memberRoom.hasLeft : words.memberRoom.keptUntil(dayText(left.forfeitsOn))}
          </span>
        ) : null}
        {mark === null ? null : <span className="chip warning">{words.memberRoom.marks[mark]}</span>}
        <p className="second">{known.filter((each) => each !== null).join(' · ')}</p>
      </div>
    </div>
  )
}
