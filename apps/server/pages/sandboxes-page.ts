import type { AdvanceAnswer, SandboxAnswer } from '@laurel/contract'
import type { ProgramContext } from '../programs/timeline.ts'
import { listAdvances, listSandboxes, readSandbox } from '../sandboxes/read-sandboxes.ts'
import { type Html, html, pageOf, sheetOf } from './html.ts'
import { type Moment, momentOf } from './moments.ts'
import { header } from './sign-in-page.ts'

const rowsOnPage = 20

/** The sandboxes of a program; of a sandbox, what time it is there and how time was let pass. */
export async function sandboxesPage(
  context: ProgramContext,
  program: string,
  cursor: string | undefined,
): Promise<string> {
  const page = { cursor, limit: rowsOnPage }
  const moment = await momentOf(context, program)
  // That it is one is known: whoever comes in with the key of a sandbox has its clock read (`verify-key.ts`).
  if (context.isSandbox(program)) {
    const own = await readSandbox(context, program)
    const { advances, next } = await listAdvances(context, program, page)
    return pageWith(
      program,
      html`<p>A sandbox of ${own.of}. It is ${moment(own.clock)} here, until somebody lets time pass.</p>`,
      [['From', 'To', 'How far'], advances.map((each) => advanceRow(each, moment))],
      next,
    )
  }
  const { sandboxes, next } = await listSandboxes(context, program, page)
  const how = html`<p>Programs with a clock of their own, to try an integration in: “laurel sandbox create PROGRAM”, or POST /v1/sandboxes, begins one.</p>`
  return pageWith(
    `Sandboxes of ${program}`,
    how,
    [['Sandbox', 'Its clock', 'Begun'], sandboxes.map((each) => sandboxRow(each, moment))],
    next,
  )
}

function pageWith(
  title: string,
  words: Html,
  [heads, rows]: readonly [readonly string[], readonly Html[]],
  next: string | null,
): string {
  return pageOf(
    title,
    html`${header('')}
<main>
<h1>${title}</h1>
${words}
${rows.length === 0 ? null : sheetOf(heads, rows)}
${next === null ? null : html`<p><a href="/program/sandboxes?cursor=${next}">More</a></p>`}
</main>`,
  )
}

const sandboxRow = ({ id, clock, createdAt, advancing }: SandboxAnswer, moment: Moment): Html => html`<tr>
<td><strong>${id}</strong></td>
<td data-label="Its clock">${moment(clock)}${advancing === null ? null : ', and time is passing'}</td>
<td data-label="Begun">${moment(createdAt)}</td>
</tr>`

const advanceRow = (advance: AdvanceAnswer, moment: Moment): Html => html`<tr>
<td data-label="From">${moment(advance.from)}</td>
<td data-label="To">${moment(advance.to)}</td>
<td>${stateOf(advance, moment)}</td>
</tr>`

function stateOf({ status, clock, fired, failure }: AdvanceAnswer, moment: Moment): string {
  switch (status) {
    case 'running':
      return `At ${moment(clock)}`
    case 'done':
      return `Done; time did something to members ${fired === 1 ? 'once' : `${fired} times`}`
    case 'cancelled':
      return 'Cancelled on the way'
    case 'failed':
      return `Failed: ${failure}`
  }
}
