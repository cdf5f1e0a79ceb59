import type { Balance, Lots, MemberAnswer, StatementLine, Tier } from '@laurel/contract'
import type { Timeline } from '@laurel/engine'
import { isReadTwice } from '../programs/zone.ts'
import { amountText, dayInWords, type Html, html, pageOf } from './html.ts'
import { header } from './sign-in-page.ts'
import {
  assetIn,
  assetName,
  causeText,
  levelName,
  measuredText,
  movementText,
  rewardName,
  ruleText,
  scaleIn,
  useOf,
  wordsOf,
} from './words.ts'

export interface MemberView {
  readonly member: MemberAnswer
  readonly timeline: Timeline
  readonly lots: Lots['lots']
  readonly lines: readonly StatementLine[]
  readonly next: string | null
  /** Where this page of the statement begins; null: at the top. */
  readonly cursor: string | null
  /** Number of the line that was asked about, and its answer. */
  readonly why: { readonly number: number; readonly answer: Html } | null
}

/** One member: card, balances, tiers with what is missing, lots, statement. */
export function memberPage(view: MemberView): string {
  const { member } = view
  const name = member.profile.name ?? member.id
  return pageOf(
    name,
    html`${header('')}
<main class="columns">
<section>
${card(view, name)}
<div class="sheet">
<div class="tiles">${member.balances.map((balance) => tiles(balance, view))}</div>
${member.tiers.map((tier) => tierBar(tier, view))}
</div>
${statement(view)}
</section>
<aside>
${lots(view)}
${seats(view)}
${about(view)}
</aside>
</main>`,
  )
}

const card = ({ member, timeline }: MemberView, name: string): Html => html`<div class="card">
<h1>${name}</h1>
${statusChip(member)}
${markChip(member)}
${member.tiers.map((tier) => html`<span class="chip">${levelName(timeline, tier.ladder, tier.level)}${tier.atRisk ? ', at risk' : ''}</span> `)}
<p class="second"><span class="id">${member.id}</span>${
  member.joinedOn === null ? null : ` · member since ${dayInWords(member.joinedOn)}`
}</p>
</div>`

/** Why nothing is earned or redeemed just now (END-1). */
function statusChip({ status, left }: MemberAnswer): Html | null {
  switch (status) {
    case 'member':
      return null
    case 'frozen':
      return html`<span class="chip">Frozen</span> `
    case 'left': {
      const until = left?.forfeitsOn == null ? '' : `, kept until ${dayInWords(left.forfeitsOn)}`
      return html`<span class="chip">Has left${until}</span> `
    }
  }
}

/** Left out of every report (END-3). */
const markChip = ({ mark }: MemberAnswer): Html | null =>
  mark === null ? null : html`<span class="chip">${mark === 'staff' ? 'Staff' : 'Test'}</span> `

const scaleOf = ({ timeline }: MemberView, asset: string): number => scaleIn(timeline, asset)
const isUsable = (view: MemberView, asset: string): boolean => assetIn(view.timeline, asset)?.kind !== 'qualifying'

function tiles(balance: Balance, view: MemberView): Html {
  const scale = scaleOf(view, balance.asset)
  const lapsing = lapsingNext(view.lots.filter(({ asset }) => asset === balance.asset))
  const tile = (label: string, amount: number, sentence: string) => html`<div class="tile">
<p class="label">${label}</p><p class="figure">${amountText(amount, scale)}</p><p class="second">${sentence}</p>
</div>`
  const kind = assetIn(view.timeline, balance.asset)?.kind
  const name = wordsOf(assetName(view.timeline, balance.asset))
  const part = (label: string) => (view.member.balances.length > 1 ? `${name}: ${label}` : wordsOf(label))
  return html`${tile(name, balance.active, kind === undefined ? '' : useOf(kind))}
${balance.pending === 0 ? null : tile(part('pending'), balance.pending, kind === 'qualifying' ? 'does not count yet' : 'not usable yet')}
${balance.held === 0 ? null : tile(part('held'), balance.held, 'for a reward that is not confirmed')}
${balance.debt === 0 ? null : tile(part('owed'), balance.debt, 'what comes next repays it')}
${lapsing === null ? null : tile(part('lapses next'), lapsing.amount, `after ${dayInWords(lapsing.day)}`)}`
}

/** Everything whose last day is the first of all, whatever class it is burnt in. */
function lapsingNext(lots: readonly Lots['lots'][number][]): { readonly day: string; readonly amount: number } | null {
  const days = lots.flatMap(({ lapsesAfter }) => lapsesAfter ?? []).sort()
  const [day] = days
  if (day === undefined) return null
  const amount = lots.reduce((sum, lot) => sum + (lot.lapsesAfter === day ? lot.amount : 0), 0)
  return { day, amount }
}

const heldIn: Readonly<Record<Tier['heldBy'], string>> = {
  facts: '',
  grace: 'Held by grace.',
  promise: 'Held as the program has promised it.',
  override: 'Held by an act of staff.',
}

function tierBar({ ladder, level: id, sum, toRise, toStay, atRisk, heldBy }: Tier, { timeline }: MemberView): Html {
  const level = levelName(timeline, ladder, id)
  const measured = (amount: number) => measuredText(timeline, ladder, amount)
  const goal = toRise === null ? sum : sum + toRise.missing
  const until = (when: string | null) => (when === null ? '' : ` by ${dayInWords(when)}`)
  const rise =
    toRise === null
      ? heldBy === 'override'
        ? ''
        : 'The highest level.'
      : `${measured(toRise.missing)} more${until(toRise.until)} reach ${levelName(timeline, ladder, toRise.level)}.`
  const stay =
    toStay === null
      ? ''
      : toStay.missing === 0
        ? `${level} is kept beyond ${dayInWords(toStay.until)}.`
        : `${measured(toStay.missing)} more${toStay.countsUntil < toStay.until ? until(toStay.countsUntil) : ''} keep ${level} beyond ${dayInWords(toStay.until)}.`
  const held = heldIn[heldBy]
  return html`<div class="tier">
<h2>${wordsOf(ladder)}: ${level}</h2>
<meter min="0" max="${Math.max(goal, 1)}" value="${sum}" aria-label="${`${measured(sum)} of ${measured(goal)}`}"></meter>
<p><strong>${measured(sum)} now.</strong> ${rise} ${stay} ${held}</p>
${atRisk ? html`<p class="warning">After refunds, what is left would not reach ${level}.</p>` : null}
</div>`
}

function lots(view: MemberView): Html {
  const usable = view.lots.filter((lot) => isUsable(view, lot.asset))
  const hasSeveral = new Set(usable.map(({ asset }) => asset)).size > 1
  const mostOf = (id: string) => Math.max(1, ...usable.map(({ asset, amount }) => (asset === id ? amount : 0)))
  const row = (lot: Lots['lots'][number]) => html`<li>
<span>${lot.lapsesAfter === null ? 'Never lapses' : dayInWords(lot.lapsesAfter)}${classOf(lot, view)}</span>
<meter min="0" max="${mostOf(lot.asset)}" value="${lot.amount}" aria-hidden="true"></meter>
<span class="number">${amountText(lot.amount, scaleOf(view, lot.asset))}${hasSeveral ? html` <span class="third">${assetName(view.timeline, lot.asset)}</span>` : null}</span>
</li>`
  return html`<h2>Lots <span class="third">first is used first</span></h2>
${usable.length === 0 ? html`<p class="second">Nothing to use yet.</p>` : html`<ul class="lots">${usable.map(row)}</ul>`}`
}

/** What it is burnt as, where the asset has an order of that (LOT-4): lots of one last day are told apart by it. */
function classOf({ asset, priority }: Lots['lots'][number], { timeline }: MemberView): Html | null {
  const burnAs = assetIn(timeline, asset)?.burnOrder[priority]
  return burnAs === undefined ? null : html` <span class="third">${wordsOf(burnAs)}</span>`
}

/** What is booked, what is kept and until when, and the lines that the member stands in. */
function seats({ member: { seats }, timeline }: MemberView): Html | null {
  const { booked, kept, waiting } = seats
  if (booked.length + kept.length + waiting.length === 0) return null
  const named = ({ reward, session }: { readonly reward: string; readonly session: string }) =>
    `${rewardName(timeline, reward)}, ${wordsOf(session)}`
  return html`<h2>Seats</h2>
<ul class="lots">
${kept.map((seat) => html`<li><span>${named(seat)}</span><span class="warning">kept until ${dayInWords(seat.until)}, ${seat.until.slice(11, 16)}</span></li>`)}
${booked.map((seat) => html`<li><span>${named(seat)}</span><span>${seat.confirmed ? 'booked' : 'reserved'}</span></li>`)}
${waiting.map((seat) => html`<li><span>${named(seat)}</span><span>${`number ${seat.place} in line`}</span></li>`)}
</ul>`
}

const about = ({ member: { profile, segments, tags, holds }, timeline }: MemberView): Html => html`<h2>About</h2>
<dl>
${profile.email === null ? null : html`<dt>E-mail</dt><dd>${profile.email}</dd>`}
${profile.phone === null ? null : html`<dt>Phone</dt><dd>${profile.phone}</dd>`}
<dt>Segments</dt><dd>${segments.length === 0 ? 'none' : segments.join(', ')}</dd>
<dt>Tags</dt><dd>${tags.length === 0 ? 'none' : tags.join(', ')}</dd>
<dt>Held for</dt><dd>${holds.length === 0 ? 'nothing' : holds.map((hold) => rewardName(timeline, hold.reward)).join(', ')}</dd>
</dl>`

// ---- statement -----------------------------------------------------------------------------------------------------------

function statement(view: MemberView): Html {
  const { member, lines, next } = view
  const address = `/members/${encodeURIComponent(member.id)}`
  const empty = html`<p class="second">Every movement will stand here. There was none yet.</p>`
  return html`<h2>Ledger</h2>
${
  lines.length === 0
    ? empty
    : html`<div class="sheet"><table class="ledger">
<thead><tr><th>When</th><th>What</th><th class="number">Amount</th><th class="number">Balance</th><th></th></tr></thead>
<tbody>${lines.map((line) => ledgerLine(view, line, address))}</tbody>
</table></div>`
}
${next === null ? null : html`<p><a href="${address}?cursor=${next}">Earlier</a></p>`}`
}

/** By the clock of the program; where that showed it twice, with which of the two it is. */
function timeOf({ effective, at }: StatementLine, zone: string): string {
  const [time, local] = [effective.slice(11, 16), Date.parse(`${effective}Z`)]
  return isReadTwice(zone, local) ? `${time} ${offsetText(local - Date.parse(at))}` : time
}

/** `UTC+1`, `UTC−3:30`. */
function offsetText(ms: number): string {
  const minutes = Math.abs(ms) / 60_000
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)]
  const sign = ms < 0 ? '−' : '+'
  return `UTC${ms === 0 ? '' : `${sign}${hours}`}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}

function ledgerLine(view: MemberView, line: StatementLine, address: string): Html {
  const scale = scaleOf(view, line.asset)
  const rule = ruleText(line.rule)
  const isAsked = view.why?.number === line.number
  const place = view.cursor === null ? '' : `&cursor=${view.cursor}`
  const link = isAsked ? `${address}?${place.slice(1)}` : `${address}?why=${line.number}${place}#line-${line.number}`
  return html`<tr id="line-${line.number}">
<td class="second"><span class="whole">${dayInWords(line.effective)}</span> <span class="whole third">${timeOf(line, view.member.zone)}</span></td>
<td><strong>${movementText(line)}</strong> ${rule === null ? null : html`<span class="second">${rule}</span>`} <span class="second">${causeText(line)}</span></td>
<td class="number">${line.amount === 0 ? html`<span class="third">${amountText(line.moved, scale)}</span>` : html`<strong>${amountText(line.amount, scale, true)}</strong>`}</td>
<td class="number">${amountText(line.after.active - line.after.debt, scale)} <span class="third">${assetName(view.timeline, line.asset)}</span></td>
<td><a href="${link}">${isAsked ? 'Close' : 'Why?'}</a></td>
</tr>
${isAsked ? html`<tr class="why"><td colspan="5">${view.why?.answer ?? null}</td></tr>` : null}`
}
