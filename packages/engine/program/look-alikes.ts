/** Letters that look like one of ours, by alphabet. */
const alphabets = {
  Cyrillic: {
    а: 'a',
    в: 'b',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    ӏ: 'l',
    м: 'm',
    о: 'o',
    р: 'p',
    ѕ: 's',
    т: 't',
    у: 'y',
    х: 'x',
  },
  Greek: { α: 'a', ε: 'e', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

interface Letter {
  readonly alphabet: string
  readonly ours: string
}
const letters: ReadonlyMap<string, Letter> = new Map(
  Object.entries(alphabets).flatMap(([alphabet, each]) =>
    Object.entries(each).flatMap(([letter, ours]): [string, Letter][] => [
      [letter, { alphabet, ours }],
      [letter.toUpperCase(), { alphabet, ours: ours.toUpperCase() }],
    ]),
  ),
)

/**
 * A letter of another alphabet that looks like one of ours, as it comes along from another keyboard or a copied page, and the
 * text as it looks. Only among letters of ours: a word that is all of another alphabet is meant so.
 */
export function lookAlikesIn(
  text: string,
): { readonly name: string; readonly at: number; readonly plain: string } | null {
  const at = text.split('').findIndex((letter) => letters.has(letter))
  const first = text.charAt(at)
  const found = letters.get(first)
  if (found === undefined || !/[a-z]/i.test(text)) return null
  return {
    at,
    name: `the ${found.alphabet} letter ${first} (character ${at + 1}), which looks like ${found.ours},`,
    plain: [...text].map((letter) => letters.get(letter)?.ours ?? letter).join(''),
  }
}
