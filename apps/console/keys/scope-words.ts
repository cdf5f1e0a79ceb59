import { words } from '../words/words.ts'

export const scopeMeanings: Readonly<Record<string, string>> = words.keysRoom.meanings

/** A line of a table holds about so many. */
const scopesSaid = 3

/** `find members…, redeem rewards and 4 more`. */
export function scopesText(scopes: readonly string[]): string {
  const said = words.keysRoom
  if (scopes.length === Object.keys(scopeMeanings).length) return said.everything
  const texts = scopes.map((scope) => scopeMeanings[scope] ?? scope)
  const rest = texts.length - scopesSaid
  return rest <= 1 ? texts.join(', ') : `${texts.slice(0, scopesSaid).join(', ')} ${said.more(String(rest))}`
}
