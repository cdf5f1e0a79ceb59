import { createWording, Problem, type VersionAnswer } from '@laurel/contract'
import { programDifferences } from '@laurel/engine'
import { rowsOf } from '../db/transaction.ts'
import { rulingRow } from '../programs/pilots.ts'
import { type VersionRow, versionsOfProgram } from '../programs/queries.ts'
import { versionAnswerOf } from '../programs/read-versions.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { type Html, html, pageOf } from './html.ts'
import { type Moment, momentIn } from './moments.ts'
import { header } from './sign-in-page.ts'

/** Each version is compiled to be compared with the one before it. */
const versionsOnPage = 10

/** The versions of the program, latest first, each with what it changed. `before` is the number that the page goes on below. */
export async function programsPage(
  context: ProgramContext,
  program: string,
  before: string | undefined,
): Promise<string> {
  const rows = await rowsOf(context.database.application, versionsOfProgram(program))
  const found = await context.timelines.upTo(program, rows.length)
  if (found === null) throw new Problem('no-program')
  const ruling = rulingRow(rows, context.now(program))
  const end = before !== undefined && /^[1-9]\d{0,8}$/.test(before) ? Number(before) - 1 : rows.length
  const shown = rows.slice(Math.max(0, end - versionsOnPage), end).reverse()
  const last = shown.at(-1)
  const sections = shown.map((row) =>
    versionPart(versionAnswerOf(program, row), changesOf(rows, row), row === ruling, momentIn(found.latest.zone)),
  )
  return pageOf(
    'Program',
    html`${header('')}
<main>
<h1>Versions of ${program}</h1>
<p><a href="/program/backtests">Backtests of drafts</a> · <a href="/program/pilots">Pilots</a> · <a href="/program/corrections">Corrections</a> · <a href="/program/sandboxes">${context.isSandbox(program) ? 'This sandbox' : 'Sandboxes'}</a></p>
${sections}
${last === undefined || last.version === 1 ? null : html`<p><a href="/program?before=${last.version}">Older</a></p>`}
</main>`,
  )
}

/** Sentences, one for each difference; null for a first version. */
function changesOf(rows: readonly VersionRow[], row: VersionRow): readonly string[] | null {
  const earlier = rows.find(({ version }) => version === row.version - 1)
  if (earlier === undefined) return null
  return (programDifferences(earlier.document, row.document, createWording('en')) ?? []).map(({ text }) => text)
}

function versionPart(version: VersionAnswer, changes: readonly string[] | null, rules: boolean, moment: Moment): Html {
  const from = version.inForceFrom === 'always' ? 'always' : `from ${moment(version.inForceFrom)}`
  return html`<section>
<h2>Version ${version.version}${rules ? html` <span class="chip">In force</span>` : null}</h2>
<p>In force ${from}. Published ${moment(version.publishedAt)} by ${version.author ?? 'nobody named'}${
    version.approvedBy === null ? null : `, approved by ${version.approvedBy}`
  }.</p>
${version.note === null || version.note === '' ? null : html`<p>“${version.note}”</p>`}
${version.restores === null ? null : html`<p>It is the document of version ${version.restores} once more${withdrawn(version)}.</p>`}
${version.pilot === null ? null : html`<p>${pilotWords(version)}</p>`}
${changesPart(changes)}
<p class="id third">${version.hash}</p>
</section>`
}

const withdrawn = ({ withdraws }: VersionAnswer): string =>
  withdraws === null ? '' : `, so that version ${withdraws} does not begin`

function pilotWords({ version, pilot, share, holdout }: VersionAnswer): string {
  const whom = share === 100 ? 'For all members' : `For ${share} % of members, drawn by chance`
  if (pilot === version) return `${whom}: a pilot begins. ${holdout} % stay out of it until it is for all.`
  return `${whom}: a step of the pilot that version ${pilot} began.`
}

function changesPart(changes: readonly string[] | null): Html {
  if (changes === null) return html`<p class="second">The first version.</p>`
  if (changes.length === 0) return html`<p class="second">It says the same as the version before.</p>`
  return html`<ul>${changes.map((text) => html`<li>${text}</li>`)}</ul>`
}
