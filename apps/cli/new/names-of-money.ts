import { isMap, isScalar, parseDocument, visit } from 'yaml'

/** A name that members read, a comment or a sentence of a scenario, and where it stands. */
export interface NameOfMoney {
  readonly line: number
  readonly text: string
}

/**
 * Names and comments that tell an amount of money: names by a sign, by what the currency is called in the language of the name, or by a number
 * that is an amount of the program. In another currency they are no longer true, and no machine can say them anew.
 */
export function namesOfMoney(text: string, currency: string): readonly NameOfMoney[] {
  const document = parseDocument(text, { schema: 'failsafe' })
  const amounts = new Set(
    [...text.matchAll(new RegExp(`\\b(\\d+)(?:\\.\\d+)? ${currency}\\b`, 'g'))].map(([, number]) => number),
  )
  const found: NameOfMoney[] = []
  visit(document, {
    Pair(_key, { key, value }, path) {
      if (!isScalar(key) || !(key.value === 'name' || key.value === 'informs') || !isMap(value)) return
      if (path.length === 2) return // the name of the program itself is said anew by whoever copies it
      for (const { key: language, value: name } of value.items) {
        if (!isScalar(language) || !isScalar(name) || typeof name.value !== 'string') continue
        const words = name.value.toLowerCase().split(/[^\p{L}\p{N}\p{Sc}]+/u)
        const called = calledIn(String(language.value), currency)
        if (
          !words.some((word) => /\p{Sc}/u.test(word) || amounts.has(word) || (called !== '' && word.startsWith(called)))
        )
          continue
        found.push({ line: text.slice(0, name.range?.[0] ?? 0).split('\n').length, text: name.value })
      }
    },
  })
  return [...found, ...commentsOfMoney(text, currency)].toSorted((a, b) => a.line - b.line)
}

/** Comments come along with a copy, as sentences of scenarios do: those that speak of the currency by its word or its sign. */
const commentsOfMoney = (text: string, currency: string): readonly NameOfMoney[] =>
  linesOfMoney(text, currency, (line) => /(?:^|\s)#\s*(.*)$/.exec(line)?.[1] ?? '')

/** The same of a page of scenarios: its headings, sentences and rows. */
export const proseOfMoney = (page: string, currency: string): readonly NameOfMoney[] =>
  linesOfMoney(page, currency, (line) => line.replace(/^#+ /, '').trim())

function linesOfMoney(text: string, currency: string, saidIn: (line: string) => string): readonly NameOfMoney[] {
  const called = calledIn('en', currency)
  const speaks = (said: string): boolean =>
    said
      .toLowerCase()
      .split(/[^\p{L}\p{N}\p{Sc}]+/u)
      .some((word) => /\p{Sc}/u.test(word) || (called !== '' && word.startsWith(called)))
  return text.split('\n').flatMap((line, index) => {
    const said = saidIn(line)
    return speaks(said) ? [{ line: index + 1, text: said }] : []
  })
}

/** `euro`, `dollar`: the last word of what a language calls it; nothing where it has no word for it. */
function calledIn(language: string, currency: string): string {
  const called = new Intl.DisplayNames([language], { type: 'currency', fallback: 'none' }).of(currency) ?? ''
  return (
    called
      .toLowerCase()
      .split(/[\s-]+/)
      .at(-1) ?? ''
  )
}
