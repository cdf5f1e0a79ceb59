import { suggestion } from './nearest.ts'
import { right, scalar, wrong } from './scalar.ts'
import type { Reading, Shape } from './shape.ts'
import { citiesByCurrency, zoneNames } from './zones.table.ts'

// Some cities stand there under two areas: Istanbul is meant in Europe. What stands under Etc is nowhere, and its signs are
// turned round (`Etc/GMT+1` is an hour behind): none of it is ever proposed.
const placesByName = [...zoneNames]
  .filter((name) => !name.startsWith('Etc/'))
  .sort((a, b) => Number(b.startsWith('Europe/')) - Number(a.startsWith('Europe/')))

/** `GMT+1`, `UTC-05:00`, `+01:00`: how far a clock is ahead now, and not where it hangs. */
const offsetPattern = /^(?:(?:etc\/)?(?:gmt|utc|ut|z))?\s*[+\-\u2212]?\s*\d{1,2}(?::?\d{2})?$/i

/** A zone of the IANA database. */
export const zone: Shape<string> = scalar({
  name: 'a time zone',
  example: 'Europe/London',
  schema: { type: 'string', pattern: '^UTC$|^[A-Z][A-Za-z]+/[A-Za-z0-9_+/-]+$' },
  parse(text, reading) {
    if (zoneNames.has(text)) return right(text)
    const message = `There is no time zone \`${text}\``
    const named = areaAndCity(reading)
    return wrong('unknown-zone', message, offsetPattern.test(text) ? named : suggestion(text, placesByName, named))
  },
  print: (value) => value,
})

/** Zones by which shops go that sell in the currency of the program. */
export function areaAndCity(reading: Reading): string {
  const cities = citiesByCurrency[reading.names.currency?.code ?? '']
  if (cities === undefined) return 'Write area and city, such as Europe/London'
  const last = cities.at(-1) ?? ''
  return `Write area and city, such as ${cities.length === 1 ? last : `${cities.slice(0, -1).join(', ')} or ${last}`}`
}

/** `UTC−1` for `Etc/GMT+1`, whose sign says the opposite of what it looks like; null for every other zone. */
export function offsetIn(zone: string): string | null {
  const [, sign, hours = ''] = /^Etc\/GMT([+-])([1-9]\d?)$/.exec(zone) ?? []
  return sign === undefined ? null : `UTC${sign === '+' ? '\u2212' : '+'}${hours}`
}
