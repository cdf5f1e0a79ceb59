import type { MemberAnswer, OwnSession } from '@laurel/contract'
import type { Timeline } from '@laurel/engine'
import type { PasskeyRow } from '../sign-in/queries.ts'
import { amountText, type Html, html, pageOf } from './html.ts'
import { momentIn } from './moments.ts'
import { assetName, levelName, scaleIn, wordsOf } from './words.ts'

/** What members are shown of a program, as long as there is no portal: the way in, and what they have. */
export interface Club {
  readonly program: string
  readonly name: string
  readonly canHavePasskeys: boolean
}

const said = (reason: string | null): Html | null =>
  reason === null ? null : html`<p class="bad" role="alert">${reason}</p>`
const script = ({ canHavePasskeys }: Club): Html | null =>
  canHavePasskeys ? html`\n<script type="module" src="/passkey.mjs"></script>` : null
const passkeyButton = ({ program, canHavePasskeys }: Club, what: 'use' | 'make', text: string): Html | null =>
  canHavePasskeys
    ? html`<p><button type="button" class="plain" data-passkey="${what}" data-at="/member-auth" data-onwards="/club/${program}" data-kept="/club/${program}" hidden>${text}</button></p>
<p class="bad" role="alert" data-passkey="said" hidden></p>`
    : null

export const clubSignInPage = (club: Club, reason: string | null): string =>
  pageOf(
    club.name,
    html`<main class="narrow">
<h1>${club.name}</h1>
<p>Enter the e-mail address or the phone number that the shop has of you. A code is sent to it.</p>
${said(reason)}
<form method="post" action="/club/${club.program}/code">
<label for="contact">E-mail or phone</label>
<input id="contact" name="contact" autocomplete="username webauthn" maxlength="254" required autofocus>
<button type="submit">Send me a code</button>
</form>
${passkeyButton(club, 'use', 'Sign in with a passkey')}
</main>${script(club)}`,
  )

export const clubCodePage = (club: Club, contact: string, reason: string | null): string =>
  pageOf(
    club.name,
    html`<main class="narrow">
<h1>${club.name}</h1>
<p>If the shop knows ${contact} as yours alone, six digits are on their way. They are good for five minutes.</p>
${said(reason)}
<form method="post" action="/club/${club.program}/enter">
<input type="hidden" name="contact" value="${contact}">
<label for="code">Code</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required autofocus>
<button type="submit">Sign in</button>
</form>
<p><a href="/club/${club.program}">Begin again</a></p>
</main>`,
  )

export interface Card {
  readonly member: MemberAnswer
  readonly timeline: Timeline
  readonly passkeys: readonly PasskeyRow[]
  readonly sessions: readonly OwnSession[]
}

export const clubCardPage = (club: Club, { member, timeline, passkeys, sessions }: Card): string =>
  pageOf(
    club.name,
    html`<main class="narrow">
<h1>${club.name}</h1>
<p>${member.profile.name ?? member.id}</p>
<div class="tiles">${member.balances.map(
      ({ asset, active }) =>
        html`<div class="tile"><p class="figure">${amountText(active, scaleIn(timeline, asset))}</p><p class="second">${assetName(timeline, asset)}</p></div>`,
    )}</div>
<ul>${member.tiers.map(({ ladder, level }) => html`<li>${wordsOf(ladder)}: ${levelName(timeline, ladder, level)}</li>`)}</ul>
<h2>Signing in</h2>
<p>${passkeys.length === 0 ? 'You come in with a code each time.' : passkeys.length === 1 ? 'You have a passkey.' : `You have ${passkeys.length} passkeys.`}</p>
${passkeyButton(club, 'make', 'Make a passkey of this device')}
<ul>${sessions.map(
      ({ id, startedAt, current }) =>
        html`<li>Signed in since ${moment(startedAt)} UTC ${
          current
            ? '(here)'
            : html`<form method="post" action="/club/${club.program}/sessions/${id}/end"><button class="plain" type="submit">End it</button></form>`
        }</li>`,
    )}</ul>
<form method="post" action="/club/${club.program}/sign-out"><button type="submit">Sign out</button></form>
</main>${script(club)}`,
  )

const moment = momentIn('UTC')
