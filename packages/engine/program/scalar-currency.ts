import { currenciesOfSign, currencyCodes, currencyMeant, currencyOf } from './currency.ts'
import { suggestion } from './nearest.ts'
import { CHOICES_MAX, choices } from './own-words.ts'
import type { Currency } from './program.ts'
import { right, scalar, wrong } from './scalar.ts'
import type { Shape } from './shape.ts'

/** ISO 4217. */
export const currency: Shape<Currency> = scalar({
  name: 'a currency',
  example: 'USD',
  schema: { type: 'string', enum: [...currencyCodes()] },
  parse(text) {
    const found = currencyOf(text)
    if (found !== null) return right(found)
    const codes = currencyCodes()
    const meant = choices(currenciesOfSign(text).slice(0, CHOICES_MAX))
    if (meant !== null)
      return wrong('unknown-currency', `\`${text}\` is the sign on price tags`, `Write its ISO 4217 code: ${meant}`)
    const words = currencyMeant(text)
    const named = words.length > 1 ? choices(words.slice(0, CHOICES_MAX)) : null
    if (named !== null)
      return wrong('unknown-currency', `There is no currency \`${text}\``, `Write its ISO 4217 code: ${named}`)
    return wrong(
      'unknown-currency',
      `There is no currency \`${text}\``,
      words.length === 1
        ? `Did you mean \`${words[0]}\`?`
        : suggestion(text.toUpperCase(), codes, 'Write its ISO 4217 code, for instance USD'),
    )
  },
  print: (value) => value.code,
})
