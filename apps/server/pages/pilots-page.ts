import { type PilotAnswer, type PilotMembers, Problem } from '@laurel/contract'
import { listPilotMembers, listPilots, readPilot } from '../pilots/read-pilots.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { type Html, html, pageOf, sheetOf } from './html.ts'
import { type Moment, momentOf } from './moments.ts'
import { header } from './sign-in-page.ts'

const membersOnPage = 100

/** Pilots of the program, the latest first: few, since one runs at a time and each ends. */
export async function pilotsPage(context: ProgramContext, program: string): Promise<string> {
  const { pilots } = await listPilots(context, program)
  const moment = await momentOf(context, program)
  const none = html`<p>Pilots will stand here. “laurel pilot begin”, or POST /v1/drafts/{draft}/pilot, begins one.</p>`
  return pageOf(
    'Pilots',
    html`${header('')}
<main>
<h1>Pilots of ${program}</h1>
${
  pilots.length === 0
    ? none
    : sheetOf(
        ['What was tried', 'How far'],
        pilots.map((each) => row(each, moment)),
      )
}
</main>`,
  )
}

const row = (pilot: PilotAnswer, moment: Moment): Html => html`<tr>
<td><a href="/program/pilots/${pilot.pilot}"><strong>Version ${pilot.pilot}</strong></a><br>
<span class="second">since ${moment(pilot.inForceFrom)}</span></td>
<td>${stateOf(pilot)}</td>
</tr>`

function stateOf({ status, share, holdout }: PilotAnswer): string {
  const whom = `${share} % of members, with ${holdout} % held out`
  switch (status) {
    case 'running':
      return `Running, with ${whom}`
    case 'stopped':
      return `Stopped; it was tried with ${whom}`
    case 'for-all':
      return `For all members; it was tried with ${whom}`
  }
}

/** One of them, step by step, and who is in which arm. */
export async function pilotPage(
  context: ProgramContext,
  program: string,
  named: string,
  cursor: string | undefined,
): Promise<string> {
  if (!/^[1-9]\d{0,8}$/.test(named)) throw new Problem('unknown-pilot')
  const pilot = await readPilot(context, program, Number(named))
  const { members, next } = await listPilotMembers(context, program, pilot.pilot, { cursor, limit: membersOnPage })
  const moment = await momentOf(context, program)
  const title = `Pilot of version ${pilot.pilot}`
  return pageOf(
    title,
    html`${header('')}
<main>
<h1>${title}</h1>
<p><strong>${stateOf(pilot)}.</strong> Who is in it is drawn by chance; all others are judged by the version in force.</p>
<h2>Step by step</h2>
${sheetOf(
  ['What', 'When', 'By'],
  pilot.steps.map(
    (step) => html`<tr>
<td>${actText(step)} <span class="third">version ${step.version}</span>${step.note === '' ? null : html`<br><span class="second">“${step.note}”</span>`}</td>
<td>${moment(step.at)}</td>
<td><span class="id">${step.author}</span>${step.approvedBy === null ? null : html`<br><span class="second">approved by ${step.approvedBy}</span>`}</td>
</tr>`,
  ),
)}
${members.length === 0 ? null : membersPart(members)}
${next === null ? null : html`<p><a href="/program/pilots/${pilot.pilot}?cursor=${next}">More members</a></p>`}
</main>`,
  )
}

function actText({ act, share }: PilotAnswer['steps'][number]): string {
  switch (act) {
    case 'begun':
      return `Begun with ${share} % of members`
    case 'widened':
      return `Widened to ${share} % of members`
    case 'stopped':
      return 'Stopped'
    case 'for-all':
      return 'For all members'
  }
}

const ARMS = { pilot: 'in the pilot', holdout: 'held out', rest: 'not in it' } as const satisfies Record<
  PilotMembers['members'][number]['arm'],
  string
>

const membersPart = (members: PilotMembers['members']): Html => html`<h2>Member by member</h2>
${sheetOf(
  ['Member', 'Arm'],
  members.map(
    ({ member, arm }) => html`<tr>
<td><a href="/members/${encodeURIComponent(member)}">${member}</a></td>
<td>${ARMS[arm]}</td>
</tr>`,
  ),
)}`
