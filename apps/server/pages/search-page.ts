import type { MemberPage } from '../members/search-members.ts'
import { type Html, html, pageOf, sheetOf } from './html.ts'
import { header } from './sign-in-page.ts'

/** Members that were found, or the first of all. */
export function searchPage(q: string, { members, next }: MemberPage): string {
  const rows = members.map(
    ({ id, profile }) => html`<tr>
<td><a href="/members/${encodeURIComponent(id)}">${profile.name ?? id}</a></td>
<td class="id">${id}</td>
<td class="second">${profile.email === null ? null : addressText(profile.email)}</td>
</tr>`,
  )
  const nobody =
    q === ''
      ? html`<p>Members will stand here. The first event of a member, or POST /v1/members, brings them in.</p>`
      : html`<p>Nobody has this id, and no name, last name, e-mail or phone begins like this. Try fewer letters.</p>`
  const older = new URLSearchParams({ q, ...(next === null ? {} : { cursor: next }) })
  return pageOf(
    'Members',
    html`${header(q)}
<main>
<h1>${q === '' ? 'Members' : `Found for “${q}”`}</h1>
${members.length === 0 ? nobody : sheetOf(['Name', 'Id', 'E-mail'], rows)}
${next === null ? null : html`<p><a href="/?${older.toString()}">More</a></p>`}
</main>`,
  )
}

/** An address that is longer than its line goes on below from its domain. */
function addressText(email: string): Html {
  const domain = email.lastIndexOf('@') + 1
  return html`${email.slice(0, domain)}<wbr>${email.slice(domain)}`
}
