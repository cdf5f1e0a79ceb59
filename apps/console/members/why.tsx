import type { RouteAnswer, Routes, StatementLine } from '@laurel/contract'
import { dueIn } from '@laurel/engine'
import { useQuery } from '@tanstack/react-query'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { client } from '../session/client.ts'
import { type Named, wordsOf } from '../session/vocabulary.ts'
import { dayText, timeText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { causeText } from './line-words.ts'

type Explanation = RouteAnswer<Routes['explainEvent']>
type Reason = Explanation['rules'][number]

/** Why a line stands there: the rules that gave, and those that did not with their reason (EVT-7). */
export function Why({
  line,
  member,
  named,
}: {
  readonly line: StatementLine
  readonly member: string
  readonly named: Named
}) {
  // What was due by itself has no event (TIME-4).
  return dueIn(line.cause) === null ? (
    <WhyOfEvent line={line} member={member} named={named} />
  ) : (
    <div className="why">
      <p>
        <strong>{words.why.time}</strong> {timeReasonOf(line.rule)} {words.why.underVersion(String(line.version))}
      </p>
      <p className="second">{causeText(line)}</p>
    </div>
  )
}

function timeReasonOf(rule: string): string {
  const texts: Readonly<Record<string, string>> = words.why.byTime
  return texts[rule] ?? words.why.byItself
}

function WhyOfEvent({
  line,
  member,
  named,
}: {
  readonly line: StatementLine
  readonly member: string
  readonly named: Named
}) {
  const slash = line.cause.indexOf('/')
  const path = { member, source: line.cause.slice(0, slash), id: line.cause.slice(slash + 1) }
  const { data, error, refetch } = useQuery({
    queryKey: ['explanation', path],
    queryFn: () => client.call('explainEvent', { path }),
  })
  if (error !== null) return <ProblemView error={error} onRetry={() => void refetch()} inForm />
  if (data === undefined) return <Waiting rows={2} />
  const { event, rules, now, decision, recordedAt } = data
  return (
    <div className="why">
      <div className="why-head">
        <h3>
          {words.why.title(
            named.change(line.amount === 0 ? line.moved : line.amount, line.asset),
            named.asset(line.asset),
          )}
        </h3>
        <p className="small third">
          {words.why.decided(
            String(line.version),
            String(decision),
            `${dayText(recordedAt)}, ${timeText(recordedAt)} UTC`,
          )}
        </p>
      </div>
      {rules.length > 0 && isOfEarlierOrder(event.type) ? <p className="second">{words.why.again}</p> : null}
      {rules.length === 0 ? <p className="second">{words.why.noRule}</p> : <Reasons reasons={rules} named={named} />}
      {now === null || JSON.stringify(now.rules) === JSON.stringify(rules) ? null : (
        <>
          <p className="second">{words.why.since}</p>
          <Reasons reasons={now.rules} named={named} />
        </>
      )}
    </div>
  )
}

/** What changes an order that was judged before, for which its rules are asked again (REF-1). */
const isOfEarlierOrder = (type: string): boolean =>
  type.startsWith('refund.') || type === 'order.edited' || type === 'order.cancelled' || type === 'payment.disputed'

/** Those come first. */
const isGiving = ({ outcome }: Reason): boolean => outcome === 'gave' || outcome === 'multiplied'

const Reasons = ({ reasons, named }: { readonly reasons: readonly Reason[]; readonly named: Named }) => (
  <ul className="reasons">
    {reasons
      .toSorted((a, b) => Number(isGiving(b)) - Number(isGiving(a)))
      .map((reason, index) => {
        const isGiven = isGiving(reason)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule may be asked twice for one event, and the list never changes
          <li key={index} className={isGiven ? '' : 'not-given'}>
            <span>{wordsOf(reason.rule)}</span>
            <span className="second">{outcomeText(reason, named)}</span>
            <span className="number">
              {isGiven && reason.asset !== null
                ? `${named.change(reason.amount, reason.asset)} ${named.asset(reason.asset)}`
                : '0'}
            </span>
          </li>
        )
      })}
  </ul>
)

/** With the condition as the program says it, and everything else in words. */
function outcomeText({ outcome, because, asset, amount }: Reason, named: Named): string {
  const texts: Readonly<Record<string, string>> = words.outcomes
  const text = texts[outcome] ?? wordsOf(outcome)
  const less = outcome === 'capped' || outcome === 'not-above-first'
  const detail = less && asset !== null ? words.why.less(named.amountOf(amount, asset)) : becauseText(outcome, because)
  return detail === '' ? text : `${text}: ${detail}`
}

/** A condition is shown as it stands in the program; a cap or a group is known by what it belongs to. */
function becauseText(outcome: string, because: string | null): string {
  if (because === null) return ''
  if (outcome === 'condition-false' || outcome === 'no-line') return because
  if (outcome === 'cap-refused') return because.startsWith('visit:') ? words.why.visit : words.why.full
  return wordsOf(because.replace(/^\w+:/, '')).toLowerCase()
}
