import { z } from 'zod'
import { logoBytesMax } from './brand.ts'
import { instantAnswered, label, programWord, zoneAnswered } from './fields.ts'
import { route } from './route.ts'

/** `#1b6b49`: no names and no functions, for it is written into pages. */
export const brandColour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #1b6b49')
  .transform((text) => text.toLowerCase())
  .meta({ examples: ['#1b6b49'] })

/** How the shop is called where members and staff see it. Longer is cut off on every phone. */
export const shopName = label.max(60, 'has more than 60 characters')

const colours = z.strictObject({
  colour: z.string(),
  onColour: z.string().meta({ description: 'What is written on it: white or black, whichever can be read better.' }),
  onLight: z.string().meta({ description: 'As text on light grounds: darkened, where it could not be read.' }),
  onDark: z.string().meta({ description: 'The same on dark grounds, lightened.' }),
})

const brand = z.strictObject({
  program: z.string(),
  shop: z.string(),
  colours,
  logo: z
    .string()
    .nullable()
    .meta({ description: 'Where the picture stands; another address whenever it changes. Null: none.' }),
})
export type Brand = z.output<typeof brand>

const settings = brand.extend({
  currency: z.strictObject({ code: z.string(), exponent: z.int() }),
  zone: zoneAnswered,
  changedAt: instantAnswered.nullable().meta({ description: 'Null: nobody has said anything yet.' }),
  changedBy: z.string().nullable(),
})
export type ShopSettings = z.output<typeof settings>

const logo = z.strictObject({
  data: z
    .string()
    // Four characters for three bytes, and room to say what is wrong with a file that is a little too large.
    .max(700_000, `is far beyond ${logoBytesMax} bytes`)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'must be the file in Base64')
    .meta({ description: `A PNG, JPEG or WebP file of up to ${logoBytesMax} bytes, in Base64.` }),
})

/** What the shop looks like where members and staff meet it. What the program promises is said by its document, not here. */
export const settingsRoutes = {
  readSettings: route({
    method: 'GET',
    address: '/v1/settings',
    scope: 'members:read',
    summary: 'Name, logo and colours of the shop, and the currency and zone of its program',
    answer: settings,
    problems: ['no-program'],
  }),
  changeSettings: route({
    method: 'POST',
    address: '/v1/settings',
    scope: 'programs:write',
    summary: 'Say how the shop is called and which colour is its own',
    description: 'What is left out stays. Currency and zone belong to the program’s document.',
    body: z.strictObject({ shop: shopName.optional(), colour: brandColour.optional() }),
    answer: settings,
    problems: ['no-program'],
  }),
  setLogo: route({
    method: 'POST',
    address: '/v1/settings/logo',
    scope: 'programs:write',
    summary: 'Set the logo',
    body: logo,
    answer: settings,
    problems: ['no-program'],
  }),
  removeLogo: route({
    method: 'DELETE',
    address: '/v1/settings/logo',
    scope: 'programs:write',
    summary: 'Take the logo away',
    answer: settings,
    problems: ['no-program'],
  }),
  readBrand: route({
    method: 'GET',
    address: '/v1/brands/{program}',
    scope: null,
    summary: 'How a shop looks to its members, before they sign in',
    path: z.strictObject({ program: programWord }),
    answer: brand,
    problems: ['unknown-route'],
  }),
}
