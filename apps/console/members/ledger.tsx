import type { Balance, StatementLine } from '@laurel/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { client } from '../session/client.ts'
import type { Named } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { CsvButton } from '../tables/csv-button.tsx'
import { recentDayText, timeText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { causeText, movementText, ruleText } from './line-words.ts'
import { Why } from './why.tsx'

const linesOnPage = 20
/** As many as one request may ask for. */
const linesInFile = 200

const route = getRouteApi('/members/$member')

/** Every movement, latest first; each can be asked why. */
export function Ledger({
  member,
  balances,
  named,
}: {
  readonly member: string
  readonly balances: readonly Balance[]
  readonly named: Named
}) {
  const { cursor, why } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useQuery({
    queryKey: ['member', member, 'statement', cursor],
    queryFn: () => client.call('readStatement', { path: { member }, query: { cursor, limit: String(linesOnPage) } }),
  })
  if (error !== null) return <ProblemView error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Waiting rows={10} />
  if (data.lines.length === 0) return <p className="empty second">{words.ledger.empty}</p>
  const ask = (number: number) =>
    navigate({ search: { cursor, why: number === why ? undefined : number }, replace: true, resetScroll: false })
  const ahead = cursor === undefined ? balances.filter((balance) => isAhead(balance, data.lines)) : []
  const hasSeveral = named.program.assets.length > 1
  return (
    <>
      {ahead.map(({ asset, active, debt }) => (
        <p key={asset} className="small second to-come">
          {words.ledger.toCome(named.amountOf(active - debt, asset))}
        </p>
      ))}
      <div className="sheet ledger-sheet">
        <table className="table ledger">
          <thead>
            <tr>
              <th scope="col">{words.ledger.when}</th>
              <th scope="col">{words.ledger.what}</th>
              <th scope="col" className="number">
                {words.ledger.amount}
              </th>
              <th scope="col" className="number">
                {words.ledger.balance}
              </th>
              <th scope="col">
                <span className="only-read">{words.ledger.reason}</span>
              </th>
            </tr>
          </thead>
          {data.lines.map((line) => (
            <Line
              key={line.number}
              line={line}
              named={named}
              hasSeveral={hasSeveral}
              isAsked={line.number === why}
              member={member}
              onAsk={ask}
            />
          ))}
        </table>
      </div>
      <nav className="pages" aria-label={words.ledger.pages}>
        {cursor === undefined ? null : (
          <Link from="/members/$member" to="." search={{}} className="page-link">
            {words.ledger.latest}
          </Link>
        )}
        {data.next === null ? null : (
          <Link from="/members/$member" to="." search={{ cursor: data.next }} className="page-link">
            {words.earlier}
          </Link>
        )}
        <CsvButton
          file={`ledger-${member}`}
          columns={columnsOf(named)}
          readPage={async (from, signal) => {
            const query = { cursor: from, limit: String(linesInFile) }
            const { lines: rows, next } = await client.call('readStatement', { path: { member }, query, signal })
            return { rows, next }
          }}
        />
      </nav>
    </>
  )
}

/** Of its file: what stands beside each other in a cell of the page has columns of its own there. */
const columnsOf = (named: Named): Column<StatementLine>[] => {
  const sumOf = (units: number, asset: string) => units / 10 ** named.scaleOf(asset)
  const texts: readonly (readonly [string, (line: StatementLine) => string | number | null])[] = [
    [words.ledger.number, ({ number }) => number],
    [words.ledger.when, ({ effective }) => effective],
    [words.ledger.what, movementText],
    [words.ledger.rule, ({ rule }) => ruleText(rule)],
    [words.ledger.cause, causeText],
    [words.ledger.asset, ({ asset }) => named.asset(asset)],
    [words.ledger.amount, ({ amount, asset }) => sumOf(amount, asset)],
    [words.ledger.balance, ({ after, asset }) => sumOf(after.active - after.debt, asset)],
  ]
  return texts.map(([title, textOf]) => ({ ...{ id: title, title, textOf, cellOf: textOf } }))
}

/** Time has passed since the last line: what that changed counts already, and is written when the clock comes by. */
function isAhead({ asset, active, debt }: Balance, lines: readonly StatementLine[]): boolean {
  const last = lines.find((line) => line.asset === asset)
  return last !== undefined && last.after.active - last.after.debt !== active - debt
}

function Line({
  line,
  named,
  hasSeveral,
  isAsked,
  member,
  onAsk,
}: {
  readonly line: StatementLine
  readonly named: Named
  readonly hasSeveral: boolean
  readonly isAsked: boolean
  readonly member: string
  readonly onAsk: (number: number) => void
}) {
  const { number, asset, amount, moved, after, effective, rule } = line
  const ruled = ruleText(rule)
  return (
    <tbody>
      <tr>
        <td className="second whole">
          {recentDayText(effective)} <span className="third">{timeText(effective)}</span>
        </td>
        <td>
          <strong>{movementText(line)}</strong> {ruled === null ? null : <span className="second">{ruled}</span>}{' '}
          <span className="second small">{causeText(line)}</span>
        </td>
        <td className="number">
          {amount === 0 ? (
            // Other accounts moved, the balance did not.
            <span className="third">{named.amount(moved, asset)}</span>
          ) : (
            <strong>{named.change(amount, asset)}</strong>
          )}
        </td>
        <td className="number">
          {named.amount(after.active - after.debt, asset)}
          {hasSeveral ? <span className="third asset"> {named.asset(asset)}</span> : null}
        </td>
        <td className="number">
          <button type="button" className="link" aria-expanded={isAsked} onClick={() => onAsk(number)}>
            {isAsked ? words.close : words.ledger.why}
          </button>
        </td>
      </tr>
      {isAsked ? (
        <tr className="why-row">
          <td colSpan={5}>
            <Why line={line} member={member} named={named} />
          </td>
        </tr>
      ) : null}
    </tbody>
  )
}
