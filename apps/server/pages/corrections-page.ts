import { type CorrectedMember, type CorrectionAnswer, type CorrectionSummary, Problem } from '@laurel/contract'
import { listCorrectedMembers, listCorrections, readCorrection } from '../corrections/read-corrections.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { amountText, type Html, html, pageOf, sheetOf } from './html.ts'
import { type Moment, momentOf } from './moments.ts'
import { header } from './sign-in-page.ts'

const correctionsOnPage = 20
const membersOnPage = 100

/** Corrections of the program, the latest first. */
export async function correctionsPage(
  context: ProgramContext,
  program: string,
  cursor: string | undefined,
): Promise<string> {
  const { corrections, next } = await listCorrections(context, program, { cursor, limit: correctionsOnPage })
  const moment = await momentOf(context, program)
  const none = html`<p>Corrections will stand here. “laurel correct”, or POST /v1/corrections, begins one.</p>`
  return pageOf(
    'Corrections',
    html`${header('')}
<main>
<h1>Corrections of ${program}</h1>
${
  corrections.length === 0
    ? none
    : sheetOf(
        ['What was corrected', 'How far'],
        corrections.map((each) => row(each, moment)),
      )
}
${next === null ? null : html`<p><a href="/program/corrections?cursor=${next}">Older</a></p>`}
</main>`,
  )
}

const row = (correction: CorrectionAnswer, moment: Moment): Html => html`<tr>
<td><a href="/program/corrections/${correction.id}"><strong>${titleOf(correction, moment)}</strong></a><br>
<span class="second">${correction.reason}, ${moment(correction.startedAt)}</span> <span class="id">${correction.startedBy}</span></td>
<td>${stateOf(correction)}</td>
</tr>`

const titleOf = ({ version, from }: CorrectionAnswer, moment: Moment): string =>
  `Version ${version} from ${moment(from)}`

function stateOf({ status, parts, members, failure }: CorrectionAnswer): string {
  const posted = `${members.posted} of ${members.all} members are posted`
  switch (status) {
    case 'looking':
      return `Still looking: ${parts.done} of ${parts.all === 0 ? 'parts not counted yet' : `${parts.all} parts`}`
    case 'shown':
      return 'Shown; nothing is posted before somebody approves it'
    case 'nothing':
      return 'There was nothing to correct; a version that later ones stand behind is rolled back to first, and corrected with under its new number'
    case 'posting':
      return posted
    case 'done':
      return members.all === 0
        ? 'It concerned nobody; whatever comes late is judged by it'
        : members.all === 1
          ? 'The one member is corrected'
          : `All ${members.all} members are corrected`
    case 'cancelled':
      return members.posted === 0 ? 'Cancelled' : `Cancelled; ${posted}, and stay so`
    case 'failed':
      return `Failed: ${failure ?? 'nobody knows why'}`
  }
}

/** One of them, with the members that it concerns. */
export async function correctionPage(
  context: ProgramContext,
  program: string,
  id: string,
  cursor: string | undefined,
): Promise<string> {
  if (!/^[0-9a-f]{32}$/.test(id)) throw new Problem('unknown-correction')
  const correction = await readCorrection(context, program, id)
  const { members, next } = await listCorrectedMembers(context, program, id, { cursor, limit: membersOnPage })
  const moment = await momentOf(context, program)
  const title = titleOf(correction, moment)
  const { summary, reason, startedBy, startedAt, approvedBy, approvedAt, publishes, postsAs } = correction
  const scaleOf = (asset: string) => summary?.assets.find((each) => each.asset === asset)?.scale ?? 0
  return pageOf(
    title,
    html`${header('')}
<main>
<h1>${title}</h1>
<p>“${reason}”. Asked for by ${startedBy}, ${moment(startedAt)}.${
      approvedBy === null || approvedAt === null ? null : html` Approved by ${approvedBy}, ${moment(approvedAt)}.`
    }</p>
<p><strong>${stateOf(correction)}.</strong>${
      publishes && approvedBy !== null ? html` It was published again as version ${postsAs}, with the date.` : null
    }</p>
${summary === null ? null : summaryPart(summary)}
${
  members.length === 0
    ? null
    : html`<h2>Member by member</h2>
${sheetOf(
  ['Member', 'What changes', 'Posted'],
  members.map(
    ({ member, decision, outcome, ...changed }) => html`<tr>
<td><a href="/members/${encodeURIComponent(member)}">${member}</a></td>
<td>${changesPart(changed, scaleOf)}</td>
<td>${outcome === 'failed' ? 'failed' : outcome === 'nothing-left' ? 'nothing was left to correct' : decision === null ? 'not yet' : `decision ${decision}`}</td>
</tr>`,
  ),
)}`
}
${next === null ? null : html`<p><a href="/program/corrections/${id}?cursor=${next}">More members</a></p>`}
</main>`,
  )
}

function changesPart(
  { changes, levels, lots, vouchers }: Pick<CorrectedMember, 'changes' | 'levels' | 'lots' | 'vouchers'>,
  scaleOf: (asset: string) => number,
): Html | string {
  const lines = [
    ...changes.map((each) => changeText(each, scaleOf(each.asset))),
    ...levels.map(levelText),
    ...lots.map(({ asset, lastDay, change }) => {
      const when =
        lastDay === 'never'
          ? 'that never lapse'
          : lastDay === 'inactivity'
            ? 'that go by inactivity'
            : `that lapse on ${lastDay}`
      return `${amountText(change, scaleOf(asset), true)} ${asset} ${when}`
    }),
    ...vouchers.map(({ voucher, reward, becomes }) => `${reward} ${becomes}: ${voucher}`),
  ]
  return lines.length === 0 ? 'nothing but the version' : html`${lines.map((line) => html`${line}<br>`)}`
}

const levelText = ({ ladder, from, to, kept }: CorrectedMember['levels'][number]): string =>
  kept ? `${ladder}: ${to} kept, as the version promises it` : `${ladder}: ${from ?? 'not begun'} to ${to}`

const changeText = (
  { asset, change, debt, borne, pooled }: CorrectedMember['changes'][number],
  scale: number,
): string =>
  [
    `${amountText(change, scale, true)} ${asset}`,
    ...(debt > 0 ? [`owes ${amountText(debt, scale)} more`] : []),
    ...(borne > 0 ? [`${amountText(borne, scale)} borne by the program`] : []),
    ...(pooled > 0 ? [`${amountText(pooled, scale)} back out of pools`] : []),
  ].join(', ')

function summaryPart(summary: CorrectionSummary): Html {
  const { members, facts, unknown, onTrial, referrals, transfers, sharing, assets, levels, vouchers } = summary
  return html`<h2>In all</h2>
<p>Members: ${members}. Orders and other facts: ${facts}. Lines in the books: ${transfers}.${
    unknown === 0
      ? null
      : html` Facts that the version knows nothing of, and that stay as they were judged: ${unknown}.`
  }${
    onTrial === 0
      ? null
      : html` Facts that a version on trial has judged, and that stay so since what a pilot gave is theirs: ${onTrial}.`
  }${
    referrals === 0
      ? null
      : html` Friends for whom both sides get what was promised when the code was claimed, though the version pays otherwise: ${referrals}.`
  }${
    sharing === 0
      ? null
      : html` Members shown as if there were enough of what members share (a budget): ${sharing}; it is asked for when it is posted, and may be less.`
  }</p>
${sheetOf(
  ['', ...directions.map(({ label }) => label)],
  assets.map(
    (each) => html`<tr>
<th scope="row">${each.asset}</th>${directions.map(({ label, of }) => {
      const { amount, members: who } = each[of]
      return html`<td data-label="${label}">${amountText(amount, each.scale)}<br><span class="second">members: ${who}</span></td>`
    })}</tr>`,
  ),
)}
${
  levels.length + vouchers.length === 0
    ? null
    : html`<ul>${levels.map((each) => html`<li>${levelText(each)}. Members: ${each.members}</li>`)}${vouchers.map(
        ({ reward, given, revoked }) => html`<li>Vouchers of ${reward}: ${given} given, ${revoked} revoked</li>`,
      )}</ul>`
}`
}

const directions = [
  { label: 'More', of: 'up' },
  { label: 'Less', of: 'down' },
  { label: 'Owed more', of: 'debt' },
  { label: 'Of that borne', of: 'borne' },
  { label: 'Back out of pools', of: 'pooled' },
  { label: 'Lapsing on another day', of: 'moved' },
] as const
