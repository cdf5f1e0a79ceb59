import { roles } from '@laurel/contract'
import type { OpenInvitation } from '../team/accept-invitation.ts'
import { html, pageOf } from './html.ts'
import { mark, passwordField } from './sign-in-page.ts'

/** Whoever follows the link: a newcomer chooses a password, whoever is known signs in first. */
export const invitationPage = (
  token: string,
  invitation: OpenInvitation,
  signedInAs: string | null,
  reason: string | null,
): string =>
  pageOf(
    'Invitation',
    html`<main class="narrow">
${mark}
<h1>Welcome to ${invitation.program}</h1>
<p>You are invited to the team${invitation.email === null ? null : html`, as <strong>${invitation.email}</strong>`}. Your role is ${invitation.role}: ${roles[invitation.role].meaning}</p>
${reason === null ? null : html`<p class="bad" role="alert">${reason}</p>`}
${signedInAs === null ? newcomerForm(token, invitation) : personForm(token, signedInAs)}
</main>`,
  )

const newcomerForm = (token: string, { email, isKnown }: OpenInvitation) =>
  isKnown
    ? html`<p>You have a password here already. <a href="/sign-in?next=/invitation/${token}">Sign in</a>, and the invitation is yours.</p>`
    : html`<form method="post" action="/invitation/${token}">
<label for="name">Your name</label>
<input id="name" name="name" autocomplete="name" maxlength="100" required autofocus>
${
  email === null
    ? html`<label for="email">Your e-mail address</label>
<input id="email" name="email" type="email" autocomplete="username" maxlength="254" required>`
    : null
}
${passwordField}
<button type="submit">Join</button>
</form>`

const personForm = (token: string, signedInAs: string) => html`<p>You are signed in as ${signedInAs}.</p>
<form method="post" action="/invitation/${token}"><button type="submit">Join</button></form>`

/** Nobody learns whether there ever was one. */
export const noInvitationPage = (): string =>
  pageOf(
    'Invitation',
    html`<main class="narrow">
${mark}
<h1>This link works no more</h1>
<p>It was used, taken back, or is older than seven days. Ask whoever invited you for another one.</p>
</main>`,
  )
