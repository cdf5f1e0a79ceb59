/** As each calls itself, so that whoever reads no other finds it. */
export const languages = [
  { language: 'en', name: 'English' },
  { language: 'tr', name: 'Türkçe' },
  { language: 'de', name: 'Deutsch' },
  { language: 'es', name: 'Español' },
  { language: 'ar', name: 'العربية' },
] as const
export type Language = (typeof languages)[number]['language']

const place = 'laurel-language'

/** What was chosen here, else the first language of the browser that we speak. */
export function wishedLanguage(): Language {
  // Some systems say `en-US@posix`, which no formatter takes.
  const wished = [localStorage.getItem(place) ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2))
  return wished.flatMap((tag) => languages.find((each) => each.language === tag)?.language ?? [])[0] ?? 'en'
}

/** All that was said is said anew. */
export function chooseLanguage(chosen: Language): void {
  localStorage.setItem(place, chosen)
  location.reload()
}
