import { type Html, html, pageOf } from './html.ts'

/** What the page of signing in offers. */
export interface Ways {
  /** What stands on the button of the company's sign-in; null: there is none. */
  readonly company: string | null
  /** Under this address browsers have passkeys. */
  readonly passkeys: boolean
  /** Where to go on, once signed in. */
  readonly next: string
  /** False: under a name that nobody has said is ours, people cannot sign in. */
  readonly people: boolean
}

/** The way in. `reason` says why it is shown again. */
export const signInPage = (reason: string | null, ways: Ways): string =>
  pageOf(
    'Sign in',
    html`<main class="narrow">
${mark}
<h1>Sign in</h1>
${reason === null ? null : html`<p class="bad" role="alert">${reason}</p>`}
${ways.people ? peopleForms(ways) : html`<p class="warning">People cannot sign in under this address: nobody has said that it is Laurel’s. Start Laurel with LAUREL_URL.</p>`}
</main>${ways.passkeys ? html`\n<script type="module" src="/passkey.mjs"></script>` : null}`,
  )

const peopleForms = ({ company, passkeys, next }: Ways): Html => html`<form method="post" action="/sign-in/password">
<input type="hidden" name="next" value="${next}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username webauthn" required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button>
</form>
<p><a href="/sign-in/forgotten">Forgotten the password?</a></p>
${passkeys ? html`<p><button type="button" class="plain" data-passkey="use" data-onwards="${next}" hidden>Sign in with a passkey</button></p>\n<p class="bad" role="alert" data-passkey="said" hidden></p>` : null}
${company === null ? null : html`<form method="post" action="/sign-in/company"><input type="hidden" name="next" value="${next}"><button type="submit" class="plain">Sign in with ${company}</button></form>`}`

/**
 * On the way to the company's own page. By a page that goes on, and not by an answer that redirects: a browser follows a form only
 * to where the form may be sent, which is here.
 */
export const onwardsPage = (company: string, url: string): string =>
  pageOf(
    'Onwards',
    html`<meta http-equiv="refresh" content="0;url=${url}">
<main class="narrow">
${mark}
<h1>Onwards to ${company}</h1>
<p><a href="${url}">Go on</a></p>
</main>`,
  )

/** The second half of signing in, for who has set up an authenticator app. */
export const codePage = (reason: string | null, next: string): string =>
  pageOf(
    'Second step',
    html`<main class="narrow">
${mark}
<h1>Second step</h1>
<p>Enter the six digits that your authenticator app shows now, or one of your backup codes.</p>
${reason === null ? null : html`<p class="bad" role="alert">${reason}</p>`}
<form method="post" action="/sign-in/code">
<input type="hidden" name="next" value="${next}">
<label for="code">Code</label>
<input id="code" name="code" autocomplete="one-time-code" required autofocus>
<button type="submit">Go on</button>
</form>
<p><a href="/sign-in">Begin again</a></p>
</main>`,
  )

export const forgottenPage = (isAsked: boolean): string =>
  pageOf(
    'Forgotten password',
    html`<main class="narrow">
${mark}
<h1>Forgotten password</h1>
${
  isAsked
    ? html`<p role="status">If this address is known, a link is on its way to it. It works for an hour.</p>`
    : html`<form method="post" action="/sign-in/forgotten">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required autofocus>
<button type="submit">Send a link</button>
</form>`
}
<p class="third">Where no mail is sent, whoever runs Laurel can help: “laurel staff recover”.</p>
</main>`,
  )

export const newPasswordPage = (token: string, reason: string | null): string =>
  pageOf(
    'New password',
    html`<main class="narrow">
${mark}
<h1>New password</h1>
<p>With it you are signed out everywhere else. A second step stays.</p>
${reason === null ? null : html`<p class="bad" role="alert">${reason}</p>`}
<form method="post" action="/sign-in/new-password/${token}">
${passwordField}
<button type="submit">Keep it</button>
</form>
</main>`,
  )

export const passwordField: Html = html`<label for="password">Password, twelve characters or more</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="12" maxlength="128" required>`

export const mark: Html = html`<p class="mark"><a href="/">Laurel</a></p>`

/** What happened, and what to do. */
export const problemPage = (title: string, remedy: string): string =>
  pageOf(
    title,
    html`<main class="narrow">
${mark}
<h1>${title}</h1>
<p>${remedy}</p>
</main>`,
  )
