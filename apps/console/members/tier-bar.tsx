import type { Tier } from '@laurel/contract'
import { type Named, wordsOf } from '../session/vocabulary.ts'
import { lastDayText } from '../words/format.ts'
import { words } from '../words/words.ts'

interface MarkOnBar {
  readonly at: number
  readonly text: string
  readonly togo: string
}

/** Where the member stands on a ladder: what is there now, what keeps the level and what reaches the next. */
export function TierBar({ tier, named }: { readonly tier: Tier; readonly named: Named }) {
  const { ladder, level, sum, toRise, toStay, atRisk, heldBy } = tier
  const measured = (amount: number) => named.measured(ladder, amount)
  const [here, above] = [named.level(ladder, level), toRise === null ? null : named.level(ladder, toRise.level)]
  const marks: MarkOnBar[] = [
    ...(toStay === null || toStay.missing === 0
      ? []
      : [
          {
            at: sum + toStay.missing,
            text: words.tier.keeps(measured(sum + toStay.missing), here),
            togo: words.tier.toGoBy(measured(toStay.missing), lastDayText(toStay.countsUntil)),
          },
        ]),
    ...(toRise === null
      ? []
      : [
          {
            at: sum + toRise.missing,
            text: words.tier.reaches(measured(sum + toRise.missing), above ?? ''),
            togo: words.tier.toGo(measured(toRise.missing)),
          },
        ]),
  ]
  // A little beyond the last mark, so that it is seen to be one.
  const end = Math.max(1, sum, ...marks.map(({ at }) => at)) * (marks.length === 0 ? 1 : 1.06)
  const placeOf = (at: number) => `${Math.min(100, (at / end) * 100)}%`
  return (
    <section className="tier" aria-label={wordsOf(ladder)}>
      <div className="tier-head">
        <h2>{wordsOf(ladder)}</h2>
        <p className="small second">{sentenceOf(tier, named)}</p>
      </div>
      <p className="tier-now">{words.tier.now(measured(sum))}</p>
      <div className="bar" aria-hidden="true">
        <span className="bar-done" style={{ width: placeOf(sum) }} />
        {marks.map(({ at }) => (
          <span key={at} className="bar-mark" style={{ insetInlineStart: placeOf(at) }} />
        ))}
      </div>
      <ul className="marks">
        {marks.map(({ text, togo }) => (
          <li key={text}>
            <strong>{text}</strong> <span className="third">{togo}</span>
          </li>
        ))}
      </ul>
      {atRisk ? <p className="warning-text">{words.tier.atRisk(here)}</p> : null}
      {heldBy === 'facts' ? null : <p className="second">{words.tier.heldBy[heldBy]}</p>}
    </section>
  )
}

/** What will happen, and by when. */
function sentenceOf({ ladder, level, toRise, toStay, heldBy }: Tier, named: Named): string {
  const here = named.level(ladder, level)
  if (toStay !== null) {
    const until = lastDayText(toStay.until)
    return toStay.missing === 0 ? words.tier.kept(here, until) : words.tier.heldUntil(here, until)
  }
  if (toRise === null) return heldBy === 'override' ? '' : words.tier.highest(here)
  return toRise.until === null ? words.tier.forGood(here) : words.tier.countsUntil(lastDayText(toRise.until))
}
