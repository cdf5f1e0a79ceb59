// `npm run calibration`: how well the models of buying foretell what they have not seen, as the pictures of
// docs/explain/how-members-buy.md. Needs the records (see LAUREL_TEST_RECORDS in CONTRIBUTING); a test compares the files.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { drawPicture } from '../apps/server/backtests/report-file/charts.ts'
import { expectedNext, fitBgNbd, fitParetoNbd, type Observed, observe } from '../packages/insights/index.ts'
import { cdnowPurchases, dayOf, onlineRetailPurchases } from '../test/data/purchases.fixture.ts'

const root = path.resolve(import.meta.dirname, '..')
const frequencyMax = 7

interface Shop {
  readonly file: string
  readonly title: string
  readonly lastDay: number
  readonly heldOutUntil: number
  readonly purchases: () => Parameters<typeof observe>[0] | Promise<Parameters<typeof observe>[0]>
  readonly models: readonly { readonly label: string; readonly fitTo: typeof fitBgNbd | typeof fitParetoNbd }[]
}

const bgNbd = { label: 'foretold by BG/NBD', fitTo: fitBgNbd }
const paretoNbd = { label: 'foretold by Pareto/NBD', fitTo: fitParetoNbd }

const shops: readonly Shop[] = [
  {
    file: 'docs/pictures/calibration-cdnow.svg',
    title: 'CDNOW: purchases for each customer in the 39 weeks held out',
    lastDay: dayOf('1997-09-30'),
    heldOutUntil: dayOf('1998-06-30'),
    purchases: () => cdnowPurchases('all'),
    models: [bgNbd, paretoNbd],
  },
  {
    file: 'docs/pictures/calibration-online-retail.svg',
    title: 'Online Retail: purchases for each customer in the 23 weeks held out',
    lastDay: dayOf('2011-06-30'),
    heldOutUntil: dayOf('2011-12-09'),
    purchases: onlineRetailPurchases,
    models: [bgNbd], // Pareto/NBD says the same to six digits: here nobody is seen to leave
  },
]

/** Each picture, by its file. */
export async function calibrationPictures(): Promise<ReadonlyMap<string, string>> {
  const pictures = new Map<string, string>()
  for (const shop of shops) pictures.set(shop.file, pictureOf(shop, await shop.purchases()))
  return pictures
}

function pictureOf(shop: Shop, purchases: Parameters<typeof observe>[0]): string {
  const observed = told(observe(purchases, { ...shop, daysPerUnit: 7 }))
  const histories = observed.members.map(({ history }) => history)
  const lines = [
    { label: 'came', of: ({ heldOut }: Observed) => heldOut.purchases },
    ...shop.models.map(({ label, fitTo }) => {
      const { model } = told(fitTo(histories))
      const weeks = (shop.heldOutUntil - shop.lastDay) / 7
      return { label, of: ({ history }: Observed) => expectedNext(model, history, weeks) }
    }),
  ]
  const groups = Array.from({ length: frequencyMax + 1 }, (_, frequency) => {
    const alike = observed.members.filter(({ history }) => Math.min(history.x, frequencyMax) === frequency)
    const bars = lines.map(({ of }, series) => {
      const value = alike.reduce((sum, member) => sum + of(member), 0) / alike.length
      return { series, value, text: value.toFixed(2) }
    })
    return { label: `${alike.length.toLocaleString('en')} who had ${cameBack(frequency)}`, bars }
  })
  const palette = { ink: '#16201A', second: '#465149', line: '#DFE3DC', series: ['#7C877F', '#1B6B49', '#D97A16'] }
  const chart = { type: 'bars', series: lines.map(({ label }) => ({ label })), groups } as const
  const { text } = drawPicture(chart, { palette, title: shop.title, mirrored: false })
  // On white wherever it is shown, and named for whoever cannot see it.
  const inside = `<title>${shop.title}</title><rect width="100%" height="100%" fill="#FFFFFF"/>`
  return `${text.replace(/^<svg[^>]*>/, (start) => start + inside)}\n`
}

function cameBack(frequency: number): string {
  if (frequency === 0) return 'never come back'
  if (frequency === 1) return 'come back once'
  return `come back ${frequency} times${frequency === frequencyMax ? ' or more' : ''}`
}

function told<Answer extends { readonly type: string; readonly sentence?: string }>(answer: Answer) {
  if (answer.type === 'untold') throw new Error(answer.sentence)
  return answer as Exclude<Answer, { readonly type: 'untold' }>
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, picture] of await calibrationPictures()) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), picture)
    console.log(file)
  }
}
