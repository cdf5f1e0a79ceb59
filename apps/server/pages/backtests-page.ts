import { type BacktestAnswer, type BacktestReport, Problem } from '@laurel/contract'
import { LANGUAGES, type Language } from '@laurel/engine'
import { listBacktests, readReport } from '../backtests/read-backtests.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { backtestPage } from './backtest-page.ts'
import { type Html, html, pageOf, sheetOf } from './html.ts'
import { type Moment, momentOf } from './moments.ts'
import { header } from './sign-in-page.ts'

const backtestsOnPage = 20

/** Backtests of the program, the latest first. */
export async function backtestsPage(
  context: ProgramContext,
  program: string,
  cursor: string | undefined,
): Promise<string> {
  const { backtests, next } = await listBacktests(context, program, { cursor, limit: backtestsOnPage })
  const moment = await momentOf(context, program)
  const none = html`<p>Backtests will stand here. “laurel backtest DRAFT”, or POST /v1/backtests, begins one.</p>`
  return pageOf(
    'Backtests',
    html`${header('')}
<main>
<h1>Backtests of ${program}</h1>
${
  backtests.length === 0
    ? none
    : sheetOf(
        ['Drafts', 'How far'],
        backtests.map((each) => row(each, moment)),
      )
}
${next === null ? null : html`<p><a href="/program/backtests?cursor=${next}">Older</a></p>`}
</main>`,
  )
}

const row = (backtest: BacktestAnswer, moment: Moment): Html => html`<tr>
<td><strong>${namesOf(backtest)}</strong><br>
<span class="second">${moment(backtest.startedAt)}</span> <span class="id">${backtest.startedBy}</span></td>
<td>${stateOf(backtest)}</td>
</tr>`

const namesOf = ({ drafts }: BacktestAnswer): string =>
  drafts.length === 0
    ? 'None: what ran, against the ledger'
    : drafts.map(({ name, revision }) => (revision === null ? name : `${name}, revision ${revision}`)).join('; ')

function stateOf({ id, status, parts, failure }: BacktestAnswer): Html {
  switch (status) {
    case 'running':
      return html`${parts.done} of ${parts.all === 0 ? 'parts not counted yet' : `${parts.all} parts`}`
    case 'done':
      return html`<a href="/program/backtests/${id}">Read the report</a>`
    case 'cancelled':
      return html`Cancelled`
    case 'failed':
      return html`Failed: ${failure}`
  }
}

/** One report, in the language that is asked for. */
export async function backtestReportPage(
  context: ProgramContext,
  program: string,
  id: string,
  asked: string | undefined,
): Promise<string> {
  if (!/^[0-9a-f]{32}$/.test(id)) throw new Problem('unknown-backtest')
  const language = LANGUAGES.find((each) => each === asked) ?? 'en'
  const report: BacktestReport = JSON.parse(await readReport(context, program, id))
  const head = html`<link rel="stylesheet" href="/style.css">
<link rel="stylesheet" href="/backtest.css">`
  return backtestPage(report, language, head, html`${header('')}${languagesOf(id, language)}`)
}

const languagesOf = (id: string, chosen: Language): Html =>
  html`<nav class="languages">${LANGUAGES.map((language) =>
    language === chosen
      ? html`<strong lang="${language}">${nameIn(language)}</strong> `
      : html`<a href="/program/backtests/${id}?language=${language}" lang="${language}">${nameIn(language)}</a> `,
  )}</nav>`

/** As those who speak it call it. */
const nameIn = (language: Language): string =>
  new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language
