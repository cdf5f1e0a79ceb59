import type { FiguresAnswer } from '@laurel/contract'
import { useQuery } from '@tanstack/react-query'
import { Spark } from '../charts/spark.tsx'
import { FirstSteps } from '../first-run/first-steps.tsx'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { mainAsset } from '../reports/told.ts'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { type Named, wordsOf } from '../session/vocabulary.ts'
import { agoText, amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { JoinedChart } from './joined-chart.tsx'
import { OutstandingSpark, ReadAsOf, ReadTiles } from './read-tiles.tsx'
import '../charts/charts.css'
import '../reports/reports.css'

/** What is counted as it stands, and what the last reading of the records has found. */
export function HomeFigures({ named }: { readonly named: Named }) {
  const { may } = useMe()
  const { data, error, refetch } = useQuery({ queryKey: ['figures'], queryFn: () => client.call('readFigures', {}) })
  if (error !== null) return <ProblemView error={error} onRetry={() => void refetch()} />
  if (data === undefined) {
    return (
      <div className="sheet">
        <Waiting rows={7} />
      </div>
    )
  }
  if (data.members === 0) {
    return (
      <>
        <div className="empty">
          <h2>{words.membersRoom.nobodyYet}</h2>
          <p className="second">{words.membersRoom.nobodyYetRemedy}</p>
        </div>
        <div className="sheet">
          <FirstSteps program={named.program.program} />
        </div>
      </>
    )
  }
  return (
    <>
      <div className="sheet">
        <div className="tiles wide-tiles">
          <MembersTile figures={data} />
          {data.outstanding.map((each) => (
            <OutstandingTile key={each.asset} outstanding={each} named={named} />
          ))}
          {may('insights:read') ? <ReadTiles named={named} /> : null}
        </div>
      </div>
      <p className="small third as-of">{words.homeRoom.asOf(agoText(data.asOf))}</p>
      {may('insights:read') ? <ReadAsOf /> : null}
      <JoinedChart weeks={data.joined} />
    </>
  )
}

function MembersTile({ figures: { members, joined } }: { readonly figures: FiguresAnswer }) {
  const sumOf = (weeks: FiguresAnswer['joined']) => weeks.reduce((sum, week) => sum + week.members, 0)
  const [last, before] = [sumOf(joined.slice(-4)), sumOf(joined.slice(-8, -4))]
  return (
    <div className="tile">
      <div className="tile-head">
        <p className="small">{words.members}</p>
        <Spark values={joined.map((week) => week.members)} />
      </div>
      <p className="figure">{amountText(members)}</p>
      <p className="small">{trendOf(last - before)}</p>
      <p className="small second">{words.homeRoom.joined(last, amountText(last))}</p>
    </div>
  )
}

const trendOf = (difference: number): string =>
  difference === 0
    ? words.homeRoom.asMany
    : difference > 0
      ? words.homeRoom.more(amountText(difference))
      : words.homeRoom.fewer(amountText(-difference))

function OutstandingTile({
  outstanding: { asset, inAll, pending, held, debt, members, worth },
  named,
}: {
  readonly outstanding: FiguresAnswer['outstanding'][number]
  readonly named: Named
}) {
  const isCollected = named.kindOf(asset) === 'qualifying'
  const { may } = useMe()
  const parts = [
    worth === null || worth === 0 ? null : words.homeRoom.worth(named.money(worth)),
    pending === 0 ? null : words.homeRoom.pending(named.amount(pending, asset)),
    held === 0 ? null : words.homeRoom.held(named.amount(held, asset)),
    debt === 0 ? null : words.homeRoom.owed(named.amount(debt, asset)),
  ]
  return (
    <div className="tile">
      <div className="tile-head">
        <p className="small">
          {isCollected
            ? words.homeRoom.collected(wordsOf(named.asset(asset)))
            : words.homeRoom.outstanding(wordsOf(named.asset(asset)))}
        </p>
        {asset === mainAsset(named) && may('insights:read') ? <OutstandingSpark /> : null}
      </div>
      <p className="figure">{named.amount(inAll, asset)}</p>
      <p className="small">{words.homeRoom.with(members, amountText(members))}</p>
      <p className="small second">{parts.filter((part) => part !== null).join(' ')}</p>
    </div>
  )
}
