import type { BacktestAnswer } from '@laurel/contract'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Pager } from '../frame/pager.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { agoText, amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { StartBacktest } from './start-backtest.tsx'

const route = getRouteApi('/backtests')

/** Backtests, the latest first. */
export function BacktestsRoom() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { may } = useMe()
  const { data } = useSuspenseQuery({
    queryKey: ['backtests', cursor],
    queryFn: () => client.call('listBacktests', { query: { cursor } }),
  })
  const said = words.backtestRoom
  return (
    <>
      <title>{`${words.backtests} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.backtests}</h1>
        <div className="room-acts">{may('programs:write') ? <StartBacktest /> : null}</div>
      </div>
      {data.backtests.length === 0 ? (
        <div className="empty">
          <h2>{said.empty}</h2>
          <p className="second">{said.emptyRemedy}</p>
          <Link to="/program">{said.toProgram}</Link>
        </div>
      ) : (
        <div className="sheet">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{said.columns.drafts}</th>
                <th scope="col">{said.columns.begun}</th>
                <th scope="col">{said.columns.state}</th>
              </tr>
            </thead>
            <tbody>
              {data.backtests.map((backtest) => (
                <tr key={backtest.id}>
                  <td>
                    <Link to="/backtests/$backtest" params={{ backtest: backtest.id }} className="row-link">
                      {said.drafts(namesOf(backtest))}
                    </Link>
                  </td>
                  <td className="second">{agoText(backtest.startedAt)}</td>
                  <td className="second">{stateOf(backtest)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager label={said.pages} cursor={cursor} next={data.next} onGo={(to) => navigate({ search: { cursor: to } })} />
    </>
  )
}

const namesOf = ({ drafts }: BacktestAnswer): string =>
  drafts
    .map(({ name, revision }) => (revision === null ? name : words.backtestRoom.named(name, amountText(revision))))
    .join('; ')

function stateOf({ status, parts, failure }: BacktestAnswer): string {
  const said = words.backtestRoom
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
