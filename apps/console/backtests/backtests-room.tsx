import type { BacktestAnswer } from '@laurel/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import type { Column } from '../tables/column.ts'
import { CsvButton } from '../tables/csv-button.tsx'
import { Listing } from '../tables/listing.tsx'
import { agoText, amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { StartBacktest } from './start-backtest.tsx'

const route = getRouteApi('/backtests')
const said = words.backtestRoom

async function readBacktests(cursor: string | undefined, signal: AbortSignal) {
  const { backtests: rows, next } = await client.call('listBacktests', { query: { cursor }, signal })
  return { rows, next }
}

/** Backtests, the latest first. */
export function BacktestsRoom() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { may } = useMe()
  const answer = useQuery({
    queryKey: ['backtests', cursor],
    queryFn: ({ signal }) => readBacktests(cursor, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <title>{`${words.backtests} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.backtests}</h1>
        <div className="room-acts">
          {may('programs:write') ? <StartBacktest /> : null}
          <CsvButton file="backtests" columns={columns} readPage={readBacktests} />
        </div>
      </div>
      <Listing
        title={words.backtests}
        answer={answer}
        columns={columns}
        idOf={({ id }) => id}
        empty={{ title: said.empty, text: said.emptyRemedy, way: <Link to="/program">{said.toProgram}</Link> }}
        cursor={cursor}
        onPage={(to) => navigate({ search: { cursor: to } })}
      />
    </>
  )
}

const namesOf = ({ drafts }: BacktestAnswer): string =>
  drafts.map(({ name, revision }) => (revision === null ? name : said.named(name, amountText(revision)))).join('; ')

function stateOf({ status, parts, failure }: BacktestAnswer): string {
  switch (status) {
    case 'running':
      return parts.all === 0 ? said.counting : said.progress(amountText(parts.done), amountText(parts.all))
    case 'done':
      return said.read
    case 'cancelled':
      return said.cancelled
    case 'failed':
      return said.failed(failure ?? '')
  }
}

const columns: readonly Column<BacktestAnswer>[] = [
  {
    id: 'drafts',
    title: said.columns.drafts,
    cellOf: (row) => (
      <Link to="/backtests/$backtest" params={{ backtest: row.id }} className="row-link">
        {said.drafts(namesOf(row))}
      </Link>
    ),
    textOf: (row) => said.drafts(namesOf(row)),
  },
  {
    id: 'begun',
    title: said.columns.begun,
    cellOf: ({ startedAt }) => <span className="second">{agoText(startedAt)}</span>,
    textOf: ({ startedAt }) => startedAt,
  },
  {
    id: 'state',
    title: said.columns.state,
    cellOf: (row) => <span className="second">{stateOf(row)}</span>,
    textOf: stateOf,
  },
]
