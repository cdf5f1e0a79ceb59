import type { NoticeAnswer, OwnCard } from '@laurel/contract'
import type { Named } from '../session/named.ts'
import { dayText, lastDayText, momentText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** What is so and should be known, in sentences; nothing where all is well. */
export function Notices({ card, named }: { readonly card: OwnCard; readonly named: Named }) {
  const barred = new Set(card.bars.map(({ because }) => because))
  const bars: Readonly<Record<string, string>> = words.card.bars
  const said = [
    ...[...barred].flatMap((because) => bars[because] ?? []),
    ...(card.left?.forfeitsOn == null ? [] : [words.card.leftUntil(dayText(card.left.forfeitsOn))]),
    ...(card.closing === null
      ? []
      : [words.card.closing(lastDayText(card.closing.earnsUntil), lastDayText(card.closing.burnsUntil))]),
    ...card.notices.flatMap((notice) => noticeText(notice, card, named)),
  ]
  if (said.length === 0) return null
  return (
    <ul className="notices">
      {said.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}

function noticeText(notice: NoticeAnswer, card: OwnCard, named: Named): string[] {
  const { notices } = words
  switch (notice.kind) {
    case 'points-will-lapse':
      return notice.lots.map(({ amount, lastDay }) =>
        notices.lapse(named.amountOf(amount, notice.asset), dayText(lastDay)),
      )
    case 'tier-will-fall':
    case 'tier-at-risk':
      return [
        notices.fall(
          named.level(notice.ladder, notice.level),
          named.measured(notice.ladder, notice.missing),
          lastDayText(notice.countsUntil),
        ),
      ]
    case 'award-sold-out':
      return [notices.soldOut(named.of('rewards', notice.reward))]
    case 'seat-kept':
      return [notices.seatKept(named.of('rewards', notice.reward), momentText(notice.until))]
    case 'session-called-off': {
      const off = notices.calledOff(named.of('rewards', notice.reward))
      return notice.back === null
        ? [off]
        : [`${off} ${notices.back(named.amountOf(notice.back.amount, notice.back.asset))}`]
    }
    case 'session-moved':
      return [notices.moved(named.of('rewards', notice.reward), momentText(notice.starts))]
    case 'program-closes':
      // It stands above, with what becomes of what is left.
      return card.closing === null
        ? [words.card.closing(lastDayText(notice.earnsUntil), lastDayText(notice.burnsUntil))]
        : []
  }
}
