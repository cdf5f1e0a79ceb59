/** Days of the week as people write them: `Sat`, `Mo-Fr`, `lunes`, `hafta sonu`. */

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

// In English, German, Spanish and Turkish, without accents. Short forms that are another day elsewhere are left out.
const spellings: readonly string[] = [
  'mon mo montag lun lunes pzt pazartesi',
  'tue tues di dienstag mar martes sal sali',
  'wed mi mittwoch mie miercoles car carsamba',
  'thu thur thurs do donnerstag jue jueves per persembe',
  'fri fr freitag vie viernes cum cuma',
  'sat sa samstag sonnabend sab sabado cmt cumartesi',
  'sun so sonntag dom domingo paz pazar',
]
const daysByWord: ReadonlyMap<string, readonly number[]> = new Map([
  ...spellings.flatMap((words, day) =>
    [weekdays[day] ?? '', ...words.split(' ')].map((word): [string, number[]] => [word, [day]]),
  ),
  ...['weekday', 'workday', 'wochentag', 'entre semana', 'hafta ici'].map((word): [string, number[]] => [
    word,
    [0, 1, 2, 3, 4],
  ]),
  ...['weekend', 'wochenende', 'fin de semana', 'hafta sonu'].map((word): [string, number[]] => [word, [5, 6]]),
  ...['daily', 'every day', 'all', 'taglich', 'todos los dias', 'diario', 'her gun'].map((word): [string, number[]] => [
    word,
    [0, 1, 2, 3, 4, 5, 6],
  ]),
])

/** In the order of the week; null where it names none. */
export function daysMeant(text: string): readonly string[] | null {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll('.', '')
    .trim()
  const days = daysOf(plain) ?? spanOf(plain) ?? listed(plain)
  return days === null ? null : weekdays.filter((_, day) => days.includes(day))
}

const daysOf = (word: string): readonly number[] | null =>
  daysByWord.get(word) ?? daysByWord.get(word.replace(/s$/, '')) ?? null

/** `mo-fr`, `monday to friday`; `fr-mo` goes over the end of the week. */
function spanOf(text: string): readonly number[] | null {
  const [from = '', to = '', ...rest] = text.split(/\s*[-–]\s*|\s+(?:to|through|bis|a|hasta)\s+/)
  const [[first, ...others] = [], [last] = []] = [daysOf(from) ?? [], daysOf(to) ?? []]
  if (first === undefined || others.length > 0 || last === undefined || rest.length > 0) return null
  return weekdays.map((_, day) => (first + day) % 7).slice(0, ((last - first + 7) % 7) + 1)
}

/** `sat and sun`, `mo, mi, fr`. */
function listed(text: string): readonly number[] | null {
  const words = text.split(/\s*[,&+/]\s*|\s+(?:and|und|y|ve)\s+/).map(daysOf)
  const known = words.filter((days) => days !== null)
  return words.length > 1 && known.length === words.length ? known.flat() : null
}
