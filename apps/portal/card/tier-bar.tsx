import type { Tier } from '@laurel/contract'
import type { Named } from '../session/named.ts'
import { lastDayText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** Where one stands on a ladder: what is there now, what keeps the level and what reaches the next. It informs and does not push. */
export function TierBar({ tier, named }: { readonly tier: Tier; readonly named: Named }) {
  const { ladder, level, sum, toRise, toStay, heldBy } = tier
  const measured = (amount: number) => named.measured(ladder, amount)
  const here = named.level(ladder, level)
  const marks = [
    ...(toStay === null || toStay.missing === 0
      ? []
      : [
          {
            at: sum + toStay.missing,
            missing: words.tier.toGoBy(measured(toStay.missing), lastDayText(toStay.countsUntil)),
            text: words.tier.keeps(measured(sum + toStay.missing), here),
          },
        ]),
    ...(toRise === null
      ? []
      : [
          {
            at: sum + toRise.missing,
            missing: words.tier.toGo(measured(toRise.missing)),
            text: words.tier.reaches(measured(sum + toRise.missing), named.level(ladder, toRise.level)),
          },
        ]),
  ]
  // A little beyond the last mark, so that it is seen to be one.
  const end = Math.max(1, sum, ...marks.map(({ at }) => at)) * (marks.length === 0 ? 1 : 1.06)
  const placeOf = (at: number) => `${Math.max(0, Math.min(100, (at / end) * 100))}%`
  return (
    <section className="part" aria-label={here}>
      <div className="part-head">
        <h2>{here}</h2>
        <span className="second">{words.tier.now(measured(sum))}</span>
      </div>
      <div className="bar" aria-hidden="true">
        <span className="bar-done" style={{ inlineSize: placeOf(sum) }} />
        {marks.map(({ at }) => (
          <span key={at} className="bar-mark" style={{ insetInlineStart: placeOf(at) }} />
        ))}
      </div>
      <ul className="marks">
        {marks.map(({ text, missing }) => (
          <li key={text}>
            <strong>{text}</strong>
            <span className="second">{missing}</span>
          </li>
        ))}
      </ul>
      <p className="second">
        {sentenceOf(tier, here)}
        {heldBy === 'facts' ? null : ` ${words.tier.heldBy[heldBy]}`}
      </p>
    </section>
  )
}

/** What will happen, and by when. */
function sentenceOf({ toRise, toStay, heldBy }: Tier, here: string): string {
  if (toStay !== null) {
    const until = lastDayText(toStay.until)
    return toStay.missing === 0 ? words.tier.kept(here, until) : words.tier.heldUntil(here, until)
  }
  if (toRise === null) return heldBy === 'override' ? '' : words.tier.highest(here)
  return toRise.until === null ? words.tier.forGood(here) : words.tier.countsUntil(lastDayText(toRise.until))
}
