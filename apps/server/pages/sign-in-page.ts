import { type Html, html, pageOf } from './html.ts'

/** The way in: a form for a key. `reason` says why it is shown again. */
export const signInPage = (reason: string | null): string =>
  pageOf(
    'Sign in',
    html`<main class="narrow">
${mark}
<h1>Members</h1>
<p>Enter a key that may read members. The page remembers it for twelve hours, on this device only.</p>
${reason === null ? null : html`<p class="bad" role="alert">${reason}</p>`}
<form method="post" action="/sign-in">
<label for="key">Key</label>
<input id="key" name="key" type="password" autocomplete="current-password" placeholder="lrl_…" required autofocus>
<button type="submit">Show members</button>
</form>
<p class="third">“laurel key create” makes a key and shows it once.</p>
</main>`,
  )

const mark: Html = html`<p class="mark"><a href="/">Laurel</a></p>`

export const header = (q: string): Html => html`<header>
${mark}
<form method="get" action="/" role="search">
<label class="unseen" for="q">Find a member</label>
<input id="q" name="q" type="search" value="${q}" placeholder="Id, name, e-mail or phone">
<button type="submit">Find</button>
</form>
<a href="/program">Program</a>
<form method="post" action="/sign-out"><button class="plain" type="submit">Sign out</button></form>
</header>`

/** What happened, and what to do. */
export const problemPage = (title: string, remedy: string): string =>
  pageOf(
    title,
    html`${header('')}
<main class="narrow"><h1>${title}</h1><p>${remedy}</p></main>`,
  )
