import { isMap, isScalar, parseDocument, visit } from 'yaml'

/** A name that members read, and where it stands in the program. */
export interface NameOfMoney {
  readonly line: number
  readonly text: string
}

/**
 * Names that tell an amount of money: by a sign, by what the currency is called in the language of the name, or by a number
 * that is an amount of the program. In another currency they are no longer true, and no machine can say them anew.
 */
export function namesOfMoney(text: string, currency: string): readonly NameOfMoney[] {
  const document = parseDocument(text, { schema: 'failsafe' })
  const amounts = new Set(
    [...text.matchAll(new RegExp(`\\b(\\d+)(?:\\.\\d+)? ${currency}\\b`, 'g'))].map(([, number]) => number),
  )
  const found: NameOfMoney[] = []
  visit(document, {
    Pair(_key, { key, value }) {
      if (!isScalar(key) || !(key.value === 'name' || key.value === 'informs') || !isMap(value)) return
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
  return found
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
