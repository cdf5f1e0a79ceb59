import type { MemberAnswer, RouteAnswer, Routes } from '@laurel/contract'
import type { UseQueryResult } from '@tanstack/react-query'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { client } from '../session/client.ts'
import type { Named } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { CsvButton } from '../tables/csv-button.tsx'
import { dayText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** As many as one request may ask for. */
const inFileAtOnce = 200

/** What the member has in hand, and what is reserved and not confirmed yet. */
export function Vouchers({
  answer: { data, error, refetch },
  holds,
  member,
  named,
}: {
  readonly answer: UseQueryResult<RouteAnswer<Routes['listVouchers']>>
  readonly holds: MemberAnswer['holds']
  readonly member: string
  readonly named: Named
}) {
  if (error !== null) return <ProblemView error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Waiting rows={4} />
  const said = words.vouchers
  if (data.vouchers.length + holds.length === 0) return <p className="empty second">{said.empty}</p>
  return (
    <>
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
      <div className="pages">
        <CsvButton
          file={`vouchers-${member}`}
          columns={columnsOf(named)}
          readPage={async (from, signal) => {
            const query = { status: 'all', cursor: from, limit: String(inFileAtOnce) } as const
            const { vouchers, next } = await client.call('listVouchers', { path: { member }, query, signal })
            return { rows: [...(from === undefined ? holds.map(ofHold) : []), ...vouchers.map(ofVoucher)], next }
          }}
        />
      </div>
    </>
  )
}

/** A line of the file: a voucher, or what is reserved for one. */
interface InFile {
  readonly id: string
  readonly reward: string
  readonly status: string
  readonly issued: string | null
  readonly lastDay: string | null
  readonly left: number | null
  readonly reserved: { readonly amount: number; readonly asset: string } | null
}

const ofHold = ({ redemption, reward, until, amount, asset }: MemberAnswer['holds'][number]): InFile => ({
  ...{ id: redemption, reward, status: words.vouchers.held, issued: null, lastDay: until, left: null },
  reserved: { amount, asset },
})
const ofVoucher = (voucher: RouteAnswer<Routes['listVouchers']>['vouchers'][number]): InFile => ({
  ...{ id: voucher.id, reward: voucher.reward, status: words.vouchers.statuses[voucher.status] },
  ...{ issued: voucher.issued, lastDay: voucher.lastDay, left: voucher.left, reserved: null },
})

function columnsOf({ reward, asset, scaleOf, program }: Named): Column<InFile>[] {
  const said = words.vouchers
  const texts: readonly (readonly [string, (row: InFile) => string | number | null])[] = [
    [said.id, ({ id }) => id],
    [said.reward, (row) => reward(row.reward)],
    [said.status, ({ status }) => status],
    [said.since, ({ issued }) => issued],
    [said.until, ({ lastDay }) => lastDay],
    [said.left, ({ left }) => (left === null ? null : left / 10 ** program.currency.exponent)],
    [said.reserved, ({ reserved }) => (reserved === null ? null : reserved.amount / 10 ** scaleOf(reserved.asset))],
    [said.of, ({ reserved }) => (reserved === null ? null : asset(reserved.asset))],
  ]
  return texts.map(([title, textOf]) => ({ id: title, title, textOf, cellOf: textOf }))
}
