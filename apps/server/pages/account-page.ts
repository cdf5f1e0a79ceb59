import type { Me, StaffSession } from '@laurel/contract'
import { renderSVG } from 'uqr'
import type { PasskeyRow, WaysRow } from '../sign-in/queries.ts'
import { Html, html, pageOf } from './html.ts'
import { momentIn } from './moments.ts'
import { header, passwordField } from './sign-in-page.ts'

export interface Account {
  readonly me: Me
  readonly ways: WaysRow
  readonly passkeys: readonly PasskeyRow[]
  readonly sessions: readonly StaffSession[]
  /** What stands on the button of the company's sign-in; null: there is none. */
  readonly company: string | null
  readonly canHavePasskeys: boolean
  /** What has just been done, or why it was not. */
  readonly said: { readonly text: string; readonly isBad: boolean } | null
}

// Sessions are of people, who may work in several programs of several zones.
const moment = momentIn('UTC')

/** How one signs in oneself, and where one is. */
export const accountPage = (account: Account): string =>
  pageOf(
    'Account',
    html`${header('')}
<main>
<h1>${account.me.person?.name ?? account.me.name}</h1>
${account.said === null ? null : html`<p class="${account.said.isBad ? 'bad' : 'good'}" role="${account.said.isBad ? 'alert' : 'status'}">${account.said.text}</p>`}
${programsOf(account.me)}
${passwordPart(account)}
${secondStep(account.ways)}
${passkeysPart(account)}
${companyPart(account)}
${sessionsPart(account.sessions)}
</main>${account.canHavePasskeys ? html`\n<script type="module" src="/passkey.mjs"></script>` : null}`,
  )

/** A key has no account; this says what it may. */
export const keyPage = ({ name, program, scopes }: Me): string =>
  pageOf(
    'Account',
    html`${header('')}
<main class="narrow"><h1>A key of ${program}</h1>
<p>You came in with ${name}, which may: ${scopes.join(', ')}. “laurel staff invite” makes an account for a person.</p></main>`,
  )

const programsOf = ({ program, programs }: Me): Html => html`<h2>Programs</h2>
<ul>${programs.map(
  (each) =>
    html`<li>${each.program}: ${each.role ?? 'a key'}${
      each.program === program
        ? html` <span class="second">(these pages)</span>`
        : html` <form method="post" action="/account/program"><input type="hidden" name="program" value="${each.program}"><button class="plain" type="submit">Work in ${each.program}</button></form>`
    }</li>`,
)}</ul>`

const passwordPart = ({ ways }: Account): Html =>
  ways.password
    ? html`<h2>Password</h2>
<form method="post" action="/account/password" class="short">
<label for="current">Your password now</label>
<input id="current" name="current" type="password" autocomplete="current-password" required>
${passwordField}
<button type="submit">Change it</button>
</form>`
    : html`<h2>Password</h2><p>You have none: you sign in with your company.</p>`

const secondStep = ({ second_factor, password }: WaysRow): Html => html`<h2>Second step</h2>
${second_factor ? html`<p>A password alone is not enough: an authenticator app is asked, too.</p>` : html`<p>With an authenticator app on your phone nobody gets in with your password alone.</p>`}
${
  password
    ? html`<form method="post" action="/account/second-step${second_factor ? '/off' : ''}" class="short">
<label for="proof">Your password</label>
<input id="proof" name="password" type="password" autocomplete="current-password" required>
<button type="submit">${second_factor ? 'Do without it' : 'Set it up'}</button>
</form>`
    : null
}`

const passkeysPart = ({ passkeys, canHavePasskeys }: Account): Html => html`<h2>Passkeys</h2>
${passkeys.length === 0 ? html`<p>None yet. A passkey lets you in by finger, face or PIN of your device, and cannot be given away.</p>` : null}
<ul>${passkeys.map(
  ({
    id,
    name,
    created_at,
  }) => html`<li>${name ?? 'A passkey'}${created_at === null ? null : html` <span class="second">since ${moment(created_at)} UTC</span>`}
<form method="post" action="/account/passkeys/${id}/remove"><button class="plain" type="submit">Remove</button></form></li>`,
)}</ul>
${
  canHavePasskeys
    ? html`<p><button type="button" data-passkey="make" hidden>Make a passkey</button></p>
<p class="bad" role="alert" data-passkey="said" hidden></p>`
    : html`<p class="second">Passkeys belong to a name: open these pages under one, such as localhost, and not under a number.</p>`
}`

const companyPart = ({ company, ways }: Account): Html | null => {
  if (company === null) return null
  if (ways.company) return html`<h2>Company</h2><p>You can sign in with ${company}.</p>`
  return html`<h2>Company</h2>
<form method="post" action="/account/company"><button class="plain" type="submit">Sign in with ${company} from now on</button></form>`
}

const sessionsPart = (sessions: readonly StaffSession[]): Html => html`<h2>Where you are signed in</h2>
<div class="sheet"><table>
<thead><tr><th scope="col">Since (UTC)</th><th scope="col">Until</th><th scope="col">From</th><th scope="col">Browser</th><th scope="col">End</th></tr></thead>
<tbody>${sessions.map(
  ({ id, startedAt, expiresAt, address, browser, current }) => html`<tr>
<td>${moment(startedAt)}</td><td>${moment(expiresAt)}</td><td class="whole">${address ?? ''}</td><td>${browserIn(browser ?? '')}</td>
<td class="whole">${current ? 'Here' : html`<form method="post" action="/account/sessions/${id}/end"><button class="plain" type="submit">End it</button></form>`}</td></tr>`,
)}</tbody></table></div>`

/** `Firefox 152, Linux x86_64`: what tells one's own browsers apart, as far as they say it in the usual way. */
function browserIn(agent: string): string {
  const [, name, version] = /(Edg|OPR|Firefox|Chrome|Version)\/(\d+)/.exec(agent) ?? []
  if (name === undefined || version === undefined) return agent.slice(0, 60)
  const [, system = ''] = /\((?:X11; )?([^;)]+)/.exec(agent) ?? []
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari' }
  return `${names[name] ?? name} ${version}, ${system}`
}

/** The secret for the app and the codes for the day it is lost: both are shown this once. */
export const setUpPage = (uri: string, backupCodes: readonly string[], reason: string | null): string =>
  pageOf(
    'Second step',
    html`${header('')}
<main class="narrow">
<h1>Set up the second step</h1>
${reason === null ? null : html`<p class="bad" role="alert">${reason}</p>`}
<p>Let the authenticator app read this picture, or type the secret into it.</p>
<p class="picture">${qrOf(uri)}</p>
<p><code>${secretOf(uri)}</code></p>
<p>Write these backup codes down. Each lets you in once, on the day your phone is lost.</p>
<p>${backupCodes.map((code) => html`<code class="whole">${code}</code> `)}</p>
<form method="post" action="/account/second-step/confirm">
<label for="code">The six digits that the app shows now</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required>
<button type="submit">Turn it on</button>
</form>
</main>`,
  )

// Made by the library of nothing but squares: no text of anybody's stands in it.
const qrOf = (uri: string): Html =>
  new Html(renderSVG(uri, { border: 2 }).replace('<svg ', '<svg role="img" aria-label="QR code of the secret" '))

const secretOf = (uri: string): string => new URL(uri).searchParams.get('secret') ?? ''
