import type { MemberAnswer } from '@laurel/contract'
import { type Named, wordsOf } from '../session/vocabulary.ts'
import { dayText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** What is known of somebody, and what stands against earning or redeeming. */
export function AboutMember({ member, named }: { readonly member: MemberAnswer; readonly named: Named }) {
  const { profile, segments, tags, holds, memberships, bars, pool } = member
  const said = words.about
  const lines: readonly (readonly [string, string | null])[] = [
    [said.email, profile.email],
    [said.phone, profile.phone],
    [said.birthday, profile.birthday],
    [said.segments, segments.length === 0 ? null : segments.map(wordsOf).join(', ')],
    [said.tags, tags.length === 0 ? null : tags.join(', ')],
    [said.heldFor, holds.length === 0 ? null : holds.map(({ reward }) => named.reward(reward)).join(', ')],
    [
      said.plans,
      memberships.length === 0
        ? null
        : memberships.map(({ plan, until }) => said.planUntil(wordsOf(plan), dayText(until))).join(', '),
    ],
    [said.pool, pool],
  ]
  const known = lines.filter(([, text]) => text !== null)
  return (
    <section>
      <h2>{said.title}</h2>
      {known.length === 0 ? <p className="second">{said.nothing}</p> : null}
      <dl className="about">
        {known.map(([label, text]) => (
          <div key={label}>
            <dt className="third">{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {bars.map(({ deed, because, remedy }) => (
        <p key={deed + because} className="bar-note">
          <strong>{said.bars[deed]}</strong> {remedy}
        </p>
      ))}
    </section>
  )
}
