import type { MemberAnswer, RouteAnswer, Routes } from '@laurel/contract'
import type { UseQueryResult } from '@tanstack/react-query'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import type { Named } from '../session/vocabulary.ts'
import { dayText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** What the member has in hand, and what is reserved and not confirmed yet. */
export function Vouchers({
  answer: { data, error, refetch },
  holds,
  named,
}: {
  readonly answer: UseQueryResult<RouteAnswer<Routes['listVouchers']>>
  readonly holds: MemberAnswer['holds']
  readonly named: Named
}) {
  if (error !== null) return <ProblemView error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Waiting rows={4} />
  const said = words.vouchers
  if (data.vouchers.length + holds.length === 0) return <p className="empty second">{said.empty}</p>
  return (
    <div className="sheet ledger-sheet">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{said.reward}</th>
            <th scope="col">{said.status}</th>
            <th scope="col">{said.since}</th>
            <th scope="col">{said.until}</th>
            <th scope="col" className="number">
              {said.left}
            </th>
          </tr>
        </thead>
        <tbody>
          {holds.map(({ redemption, reward, asset, amount, until }) => (
            <tr key={redemption}>
              <td>
                <strong>{named.reward(reward)}</strong> <span className="id">{redemption}</span>
              </td>
              <td className="second">{said.held}</td>
              <td className="second">–</td>
              <td className="second">{dayText(until)}</td>
              <td className="number">{named.amountOf(amount, asset)}</td>
            </tr>
          ))}
          {data.vouchers.map(({ id, reward, status, issued, lastDay, left }) => (
            <tr key={id}>
              <td>
                <strong>{named.reward(reward)}</strong> <span className="id">{id}</span>
              </td>
              <td className="second">{said.statuses[status]}</td>
              <td className="second">{dayText(issued)}</td>
              <td className="second">{lastDay === null ? said.never : dayText(lastDay)}</td>
              <td className="number">{left === null ? '' : named.money(left)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
