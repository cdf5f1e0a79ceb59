import { currencyCodes } from '@laurel/contract'
import { tags } from '../words/words.ts'

/** Where the euro is legal tender (ISO 3166), and the currencies of other regions whose shops may well come; of the rest one chooses. */
const euro = 'AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'
const currencyByRegion: Readonly<Record<string, string>> = {
  ...Object.fromEntries(euro.split(' ').map((region) => [region, 'EUR'])),
  ...{ AE: 'AED', AR: 'ARS', AU: 'AUD', BR: 'BRL', CA: 'CAD', CH: 'CHF', CL: 'CLP', CN: 'CNY', CO: 'COP', CZ: 'CZK' },
  ...{ DK: 'DKK', EG: 'EGP', GB: 'GBP', HK: 'HKD', HU: 'HUF', ID: 'IDR', IL: 'ILS', IN: 'INR', JP: 'JPY', KE: 'KES' },
  ...{ KR: 'KRW', KW: 'KWD', MA: 'MAD', MX: 'MXN', MY: 'MYR', NG: 'NGN', NO: 'NOK', NZ: 'NZD', PE: 'PEN', PH: 'PHP' },
  ...{ PL: 'PLN', RO: 'RON', SA: 'SAR', SE: 'SEK', SG: 'SGD', TH: 'THB', TR: 'TRY', UA: 'UAH', US: 'USD', ZA: 'ZAR' },
}

/** As the browser's languages say; empty where none names a region that is known. */
export const likelyCurrency = (): string =>
  tags.map((tag) => currencyByRegion[new Intl.Locale(tag).region ?? ''] ?? '').find((code) => code !== '') ?? ''

export const likelyZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** All that the browser knows; its own may go by an older name that is not among them. */
export function zones(): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return [...new Set([...known, likelyZone(), 'UTC'])].toSorted()
}

/** `EUR, Euro`: the name as the browser has it. */
export function currencies(language: string): { readonly value: string; readonly label: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'currency' })
  return currencyCodes.map((value) => ({ value, label: `${value}, ${names.of(value) ?? value}` }))
}
