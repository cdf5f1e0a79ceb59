import type { BoxedMail } from '../mail/mailer.ts'
import { type Html, html, pageOf } from './html.ts'
import { momentIn } from './moments.ts'
import { mark } from './sign-in-page.ts'

const moment = momentIn('UTC')

/** The mail that would have left, where Laurel is tried out on one machine. */
export const outboxPage = (mails: readonly BoxedMail[]): string =>
  pageOf(
    'Outbox',
    html`<main class="narrow">
${mark}
<h1>Outbox</h1>
<p>No mail server is set: what would be sent is shown here, on this machine alone, and is gone when Laurel stops.</p>
${mails.length === 0 ? html`<p>Nothing yet.</p>` : null}
${mails.map(mailOf)}
</main>`,
  )

const mailOf = ({ to, subject, text, at }: BoxedMail): Html => html`<article>
<h2>${subject}</h2>
<p class="second">To ${to}, ${moment(at)} UTC</p>
${text
  .trim()
  .split('\n')
  .filter((line) => line !== '')
  .map(lineOf)}
</article>`

/** A line that is a link and nothing else can be followed. */
const lineOf = (line: string): Html =>
  /^https?:\/\/[^\s"<>]+$/.test(line) ? html`<p><a href="${line}">${line}</a></p>` : html`<p>${line}</p>`
