import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createWording } from '@laurel/contract'
import {
  compileProgram,
  type Explanation,
  explainProgram,
  LANGUAGES,
  type Language,
  type Program,
} from '@laurel/engine'

const programs = path.resolve(import.meta.dirname, '../programs')

/** A page for each ready-made program: what it says of itself, in every language. */
export function explainedPrograms(): Record<string, () => string> {
  const names = readdirSync(programs, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? entry.name : [],
  )
  return Object.fromEntries(names.map((name) => [`docs/explain/programs/${name}.md`, () => pageOf(name)]))
}

function pageOf(name: string): string {
  const text = readFileSync(path.join(programs, name, 'program.yaml'), 'utf8')
  const { program } = compileProgram(text, { version: 1, hash: '' })
  if (program === null) throw new Error(`${name} does not compile`)
  const source = `[programs/${name}](${'../'.repeat(3)}programs/${name}/program.yaml)`
  const head = `# ${name}\n\nWhat ${source} says, in every language that Laurel speaks. Written by \`npm run gen\`; what stands in brackets is for the business alone.\n`
  return [head, ...LANGUAGES.map((language) => sectionOf(program, language))].join('\n')
}

const titles: Readonly<Record<Language, string>> = {
  en: 'English',
  tr: 'Türkçe',
  de: 'Deutsch',
  es: 'Español',
  ar: 'العربية',
}

function sectionOf(program: Program, language: Language): string {
  const said = markdownOf(explainProgram(program, createWording(language)))
  const title = `## ${titles[language]}\n`
  return language === 'ar' ? `${title}\n<div dir="rtl" lang="ar">\n\n${said}\n</div>\n` : `${title}\n${said}`
}

function markdownOf({ title, sections }: Explanation): string {
  const blocks = sections.map((section) => {
    const parts = section.parts.map(({ name, sentences }) => {
      const text = sentences.map((said) => (said.for === 'business' ? `[${said.text}]` : said.text)).join(' ')
      return name === null ? `- ${text}` : `- **${name}**${text === '' ? '' : `: ${text}`}`
    })
    return `#### ${section.title}\n\n${parts.join('\n')}\n`
  })
  return [`### ${title}\n`, ...blocks].join('\n')
}
