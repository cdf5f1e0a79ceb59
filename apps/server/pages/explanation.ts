import type { StatementLine } from '@laurel/contract'
import type { Timeline, TraceEntry } from '@laurel/engine'
import { type Explanation, explainEvent } from '../decisions/explain.ts'
import type { GatheredMember } from '../members/gather-member.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { type Html, html } from './html.ts'
import { givenText, outcomeText } from './outcome-words.ts'
import { assetName, causeText, wordsOf } from './words.ts'

/** Why a line of the statement stands there: the rules that gave, and those that did not with their reason (EVT-7). */
export async function explanationOf(
  context: ProgramContext,
  program: string,
  { id: member, timeline }: Pick<GatheredMember, 'id' | 'timeline'>,
  line: StatementLine,
): Promise<Html> {
  // A source has no slash; what is due by itself has no event (TIME-4).
  const slash = line.cause.indexOf('/')
  const name = { source: line.cause.slice(0, slash), id: line.cause.slice(slash + 1) }
  const explanation = await explainEvent(context, program, member, name)
  return explanation === null ? ofTime(line) : ofEvent(explanation, line, timeline)
}

const ofTime = ({ rule, cause, version }: StatementLine): Html => html`<div>
<p><strong>Time has passed.</strong> ${reasonByRule[rule] ?? 'This was due by itself'}, under version ${version}.</p>
<p class="second">${causeText({ cause })} <span class="id">${cause}</span></p>
</div>`

const reasonByRule: Readonly<Record<string, string>> = {
  activate: 'The points had waited as long as the program says, and became usable',
  expire: 'The last day of these points was over',
  'time-out': 'The reservation was not confirmed in time, and its points were given back',
  repay: 'What came in first repaid what was owed',
}

function ofEvent({ event, rules, now, decision, engine }: Explanation, line: StatementLine, timeline: Timeline): Html {
  const version = event.stamp.version === null ? 'before the program’s start' : `version ${event.stamp.version}`
  return html`<div>
<p><strong>${event.type}</strong> <span class="id">${event.source}/${event.id}</span>
<span class="second">decision ${decision}, ${version}, engine ${engine}</span></p>
${rules.length > 0 && isOfEarlierOrder(event.type) ? html`<p>The order was judged again as a whole, by the version that judged it first. What each rule is due of it now:</p>` : null}
${rulesTable(rules, timeline)}
${now === null || isSame(now.rules, rules) ? null : html`<p>With everything that came since, it reads like this:</p>${rulesTable(now.rules, timeline)}`}
${rules.length === 0 ? html`<p>No rule of the program was asked: ${wordsOf(line.rule)}.</p>` : null}
</div>`
}

/** What changes an order that was judged before, for which its rules are asked again (REF-1). */
const isOfEarlierOrder = (type: Explanation['event']['type']): boolean =>
  type.startsWith('refund.') || type === 'order.edited' || type === 'order.cancelled' || type === 'payment.disputed'

/** What came since may have moved points without changing a rule's word. */
const isSame = (a: readonly TraceEntry[], b: readonly TraceEntry[]): boolean => JSON.stringify(a) === JSON.stringify(b)

function rulesTable(rules: readonly TraceEntry[], timeline: Timeline): Html {
  const assets = new Set(rules.flatMap(({ asset }) => asset ?? []))
  const ofWhat = ({ asset }: TraceEntry) =>
    assets.size < 2 || asset === null ? null : html` <span class="third">${assetName(timeline, asset)}</span>`
  return html`<table><tbody>${rules.map(
    (entry) => html`<tr>
<td>${wordsOf(entry.rule)} <span class="id">${entry.rule}</span></td>
<td class="second">${outcomeText(entry, timeline)}</td>
<td class="number">${givenText(entry, timeline)}${givenText(entry, timeline) === '' ? null : ofWhat(entry)}</td>
</tr>`,
  )}</tbody></table>`
}
